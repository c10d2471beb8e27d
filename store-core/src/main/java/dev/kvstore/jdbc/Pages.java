package dev.kvstore.jdbc;

import dev.kvstore.KvEntry;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.StoredPage;
import dev.kvstore.engine.StoredPage.KeyedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a range of a group page by page; nothing is held between two pages. */
record Pages<V>(Entries entries, String group, TypedValues<V> values) {

    private static final int USUAL_LIMIT = 1_000;
    private static final int GREATEST_LIMIT = 10_000;
    private static final long MAX_BYTES = 8L << 20;

    KvPage<V> page(KvRange range) {
        StoredPage stored = read(range, range.maxEntries().orElse(USUAL_LIMIT), false);
        return new KvPage<>(stored.entries().stream().map(this::entry).toList(), next(range, stored));
    }

    Stream<KvEntry<V>> entries(KvRange range) {
        return stream(range, false, this::entry);
    }

    Stream<String> keys(KvRange range) {
        return stream(range, true, KeyedEntry::key);
    }

    private <T> Stream<T> stream(KvRange range, boolean keysOnly, Function<KeyedEntry, T> mapping) {
        return Stream.iterate(first(range, keysOnly), Objects::nonNull, Part::next)
                .flatMap(part -> part.stored().entries().stream())
                .map(mapping);
    }

    private Part first(KvRange range, boolean keysOnly) {
        return part(range, range.maxEntries().orElse(Integer.MAX_VALUE), keysOnly);
    }

    private Part part(KvRange range, int left, boolean keysOnly) {
        return new Part(range, left, read(range, Math.min(left, USUAL_LIMIT), keysOnly), keysOnly);
    }

    /** A page of a stream, of which a number of entries are still wanted. */
    private final class Part {

        private final KvRange range;
        private final int wanted;
        private final StoredPage stored;
        private final boolean keysOnly;

        Part(KvRange range, int wanted, StoredPage stored, boolean keysOnly) {
            this.range = range;
            this.wanted = wanted;
            this.stored = stored;
            this.keysOnly = keysOnly;
        }

        StoredPage stored() {
            return stored;
        }

        @Nullable
        Part next() {
            int left = wanted - stored.entries().size();
            Optional<KvRange> next = Pages.next(range, stored);
            return left == 0 || next.isEmpty() ? null : part(next.get(), left, keysOnly);
        }
    }

    private StoredPage read(KvRange range, int limit, boolean keysOnly) {
        if (range.isEmpty()) {
            entries.requireOpen();
            return new StoredPage(List.of(), false);
        }
        return entries.read(new Query.Page(group, range, Math.min(limit, GREATEST_LIMIT), MAX_BYTES, keysOnly));
    }

    private static Optional<KvRange> next(KvRange range, StoredPage page) {
        if (!page.more()) {
            return Optional.empty();
        }
        String last = page.entries().get(page.entries().size() - 1).key();
        return Optional.of(range.isReversed() ? range.before(last) : range.after(last));
    }

    private KvEntry<V> entry(KeyedEntry keyed) {
        return entry(keyed.key(), keyed.entry());
    }

    KvEntry<V> entry(String key, StoredEntry stored) {
        V value = values.decode(Objects.requireNonNull(stored.value()), group, key);
        Optional<Instant> expiresAt = stored.expiresAt() == StoredEntry.NEVER
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(stored.expiresAt()));
        return new KvEntry<>(key, value, stored.version(), expiresAt);
    }
}
