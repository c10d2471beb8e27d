package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.KvStatus;
import dev.kvstore.KvStore;
import dev.kvstore.KvTypeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** The endpoint {@code kvstore}: groups, the entries of one, and on request a purge or a checkpoint. */
@Endpoint(id = "kvstore", defaultAccess = Access.READ_ONLY)
class KvStoreEndpoint {

    static final int MOST_GROUPS = 1_000;
    static final int MOST_ENTRIES = 1_000;
    private static final int ENTRIES = 100;

    private final KvStore store;
    private final KvStoreWatch watch;
    private final Sanitizer sanitizer;
    private final Show showValues;
    private final List<String> hidden;

    KvStoreEndpoint(KvStore store, KvStoreWatch watch, Sanitizer sanitizer, Show showValues, List<String> hidden) {
        this.store = store;
        this.watch = watch;
        this.sanitizer = sanitizer;
        this.showValues = showValues;
        this.hidden = List.copyOf(hidden);
    }

    /** What a caller may ask for. */
    enum Action {
        PURGE,
        CHECKPOINT
    }

    record Groups(List<Group> groups, boolean more) {}

    record Group(String name, long entries) {}

    record Entries(
            String group, List<Entry> entries, @Nullable String nextAfter) {}

    record Entry(
            String key,
            long version,
            @Nullable Instant expiresAt,
            @Nullable Object value) {}

    record Done(@Nullable Long purged, @Nullable Long walSize) {}

    @ReadOperation
    Groups groups(@Nullable String prefix) {
        List<String> names = names(prefix == null ? "" : prefix)
                .filter(name -> !isHidden(name))
                .limit(MOST_GROUPS + 1L)
                .toList();
        List<Group> groups = names.stream()
                .limit(MOST_GROUPS)
                .map(name -> new Group(name, store.count(name)))
                .toList();
        return new Groups(groups, names.size() > MOST_GROUPS);
    }

    private Stream<String> names(String prefix) {
        try {
            return store.groups(prefix);
        } catch (IllegalArgumentException e) {
            throw invalid("the prefix cannot be that of a group");
        }
    }

    @ReadOperation
    @Nullable
    Entries entries(@Selector String group, @Nullable String after, @Nullable Integer limit) {
        return entries(group, after, limit, showValues == Show.ALWAYS);
    }

    @Nullable
    Entries entries(String group, @Nullable String after, @Nullable Integer limit, boolean show) {
        int most = limit == null ? ENTRIES : limit;
        if (most < 1 || most > MOST_ENTRIES) {
            throw invalid("limit must be between 1 and " + MOST_ENTRIES);
        }
        if (isHidden(group)) {
            return null;
        }
        KvRange range = after == null ? KvRange.all() : KvRange.all().after(after);
        Entries found = page(group(group), range.limit(most), show);
        return after == null && found.entries().isEmpty() ? null : found;
    }

    private Entries page(KvGroup<String> group, KvRange range, boolean show) {
        try {
            KvPage<String> page = group.page(range);
            List<Entry> entries = page.entries().stream()
                    .map(entry -> described(group.name(), entry, show))
                    .toList();
            return entries(group.name(), entries, page.next().isPresent());
        } catch (KvTypeException e) {
            return pageWithBytes(group, range, show);
        }
    }

    // A page has values of one type; a group that has bytes is read entry by entry.
    private Entries pageWithBytes(KvGroup<String> group, KvRange range, boolean show) {
        List<String> keys = group.keys(range).toList();
        List<Entry> entries = keys.stream()
                .map(key -> described(group, key, show))
                .flatMap(Optional::stream)
                .toList();
        boolean more = !keys.isEmpty()
                && group.keys(KvRange.all().after(keys.get(keys.size() - 1)).limit(1))
                        .findAny()
                        .isPresent();
        return entries(group.name(), entries, more);
    }

    private static Entries entries(String group, List<Entry> entries, boolean more) {
        return new Entries(
                group, entries, more ? entries.get(entries.size() - 1).key() : null);
    }

    @ReadOperation
    @Nullable
    Entry entry(@Selector String group, @Selector(match = Selector.Match.ALL_REMAINING) String... key) {
        return entry(group, key, showValues == Show.ALWAYS);
    }

    @Nullable
    Entry entry(String group, String[] key, boolean show) {
        return isHidden(group)
                ? null
                : described(group(group), String.join("/", key), show).orElse(null);
    }

    private Optional<Entry> described(KvGroup<String> group, String key, boolean show) {
        try {
            return group.entry(key).map(entry -> described(group.name(), entry, show));
        } catch (KvTypeException e) {
            return store.group(group.name(), byte[].class)
                    .entry(key)
                    .map(entry -> new Entry(
                            key,
                            entry.version(),
                            entry.expiresAt().orElse(null),
                            sanitized(group.name(), key, entry.value().length + " bytes", show)));
        }
    }

    private Entry described(String group, KvEntry<String> entry, boolean show) {
        return new Entry(
                entry.key(),
                entry.version(),
                entry.expiresAt().orElse(null),
                sanitized(group, entry.key(), entry.value(), show));
    }

    private @Nullable Object sanitized(String group, String key, String value, boolean show) {
        return sanitizer.sanitize(new SanitizableData(null, group + "." + key, value), show);
    }

    @WriteOperation
    Done run(@Selector Action action) {
        return switch (action) {
            case PURGE -> new Done(store.purgeExpired(), null);
            case CHECKPOINT -> new Done(null, checkpoint());
        };
    }

    private Long checkpoint() {
        KvStatus status = watch.status();
        OptionalLong left = status == null ? OptionalLong.empty() : status.checkpoint();
        if (left.isEmpty()) {
            throw invalid("this store has no write-ahead log that it may checkpoint");
        }
        return left.getAsLong();
    }

    private KvGroup<String> group(String name) {
        try {
            return store.group(name);
        } catch (IllegalArgumentException e) {
            throw invalid("the name cannot be that of a group");
        }
    }

    private boolean isHidden(String group) {
        return hidden.stream().anyMatch(group::startsWith);
    }

    private static InvalidEndpointRequestException invalid(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }
}
