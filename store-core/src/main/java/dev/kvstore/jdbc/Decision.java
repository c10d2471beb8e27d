package dev.kvstore.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What an operation does to an entry that it has read, and what it then returns.
 *
 * @param value only for {@code SET}
 */
record Decision<V, R extends @Nullable Object>(
        Kind kind, @Nullable V value, R result) {

    enum Kind {
        KEEP,
        SET,
        DELETE
    }

    static <V, R extends @Nullable Object> Decision<V, R> keep(R result) {
        return new Decision<>(Kind.KEEP, null, result);
    }

    static <V, R extends @Nullable Object> Decision<V, R> set(V value, R result) {
        return new Decision<>(Kind.SET, value, result);
    }

    static <V, R extends @Nullable Object> Decision<V, R> delete(R result) {
        return new Decision<>(Kind.DELETE, null, result);
    }

    /** Omits the value, which must not appear in a log. */
    @Override
    public String toString() {
        return "Decision[" + kind + "]";
    }
}
