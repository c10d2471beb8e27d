package dev.kvstore.jdbc;

import dev.kvstore.KvRange;
import dev.kvstore.engine.Utf8;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks of the arguments that name entries. */
final class Keys {

    /** How many entries one operation names at the most. */
    static final int MOST = 10_000;

    private Keys() {}

    /** Returns the keys in the order of their UTF-8 bytes, each once. */
    static List<String> sorted(@Nullable Collection<String> keys) {
        if (keys == null) {
            throw new IllegalArgumentException("keys must not be null");
        }
        TreeSet<String> sorted = new TreeSet<>(Utf8::compare);
        for (String key : keys) {
            Utf8.check("key", key);
            sorted.add(key);
        }
        requireFew("keys", sorted);
        return List.copyOf(sorted);
    }

    static void requireFew(String what, @Nullable Collection<?> all) {
        if (all == null) {
            throw new IllegalArgumentException(what + " must not be null");
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException(
                    "%d %s are more than the maximum of %d in one operation".formatted(all.size(), what, MOST));
        }
    }

    static KvRange checked(@Nullable KvRange range) {
        if (range == null) {
            throw new IllegalArgumentException("range must not be null; use KvRange.all() for all entries");
        }
        return range;
    }

    static void requireVersion(long expected) {
        if (expected < 0) {
            throw new IllegalArgumentException("expectedVersion must not be negative: " + expected);
        }
    }
}
