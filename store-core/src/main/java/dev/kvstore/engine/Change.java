package dev.kvstore.engine;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An operation that writes, all of it or nothing.
 *
 * @param <T> the result
 */
public sealed interface Change<T extends @Nullable Object> extends Operation<T> {

    /**
     * Inserts or replaces an entry.
     *
     * @param size the length of the value in UTF-8 bytes
     * @param ttl positive; null when the entry does not expire
     */
    record Set(
            String group,
            String key,
            String value,
            long size,
            @Nullable Duration ttl) implements Change<@Nullable Void> {

        @Override
        public @Nullable Void run(Dialect dialect, JdbcOperations jdbc) {
            dialect.set(jdbc, this);
            return null;
        }

        /**
         * When the entry expires, in milliseconds since the epoch, rounded up so that no entry lives shorter than its ttl;
         * null for never, also when the end is later than the clock can count.
         */
        public @Nullable Long expiresAt(Instant now) {
            if (ttl == null) {
                return null;
            }
            try {
                Instant end = now.plus(ttl);
                long millis = end.toEpochMilli();
                return end.isAfter(Instant.ofEpochMilli(millis)) ? Math.addExact(millis, 1) : millis;
            } catch (DateTimeException | ArithmeticException beyondCounting) {
                return null;
            }
        }

        /** Without the value, which must not get into a log. */
        @Override
        public String toString() {
            return "Set[" + Names.printable(group) + "/" + Names.printable(key) + "]";
        }
    }

    /** Deletes an entry, and returns whether it was live. */
    record Delete(String group, String key) implements Change<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.delete(jdbc, group, key);
        }
    }

    /** Deletes the entries of a group, and returns how many were live. */
    record DeleteGroup(String group) implements Change<Long> {

        @Override
        public Long run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.deleteGroup(jdbc, group);
        }
    }

    /**
     * Removes rows of expired entries, and returns how many.
     *
     * @param upTo keeps entries that expire later; when the clock has been set back since, it keeps those that are live
     *     by the clock
     * @param limit how many rows at most
     */
    record Purge(Instant upTo, int limit) implements Change<Integer> {

        @Override
        public Integer run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.purge(jdbc, upTo, limit);
        }
    }
}
