package dev.kvstore.engine;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An operation that writes, atomically.
 *
 * @param <T> the result
 */
public sealed interface Change<T extends @Nullable Object> extends Operation<T> {

    /**
     * Inserts or replaces an entry.
     *
     * @param size the length of the value in UTF-8 bytes
     * @param ttl positive, or null if the entry does not expire
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
         * Returns when the entry expires, in milliseconds since the epoch, rounded up so that no entry lives shorter
         * than its ttl; null for never, also if the end is beyond the range of the clock.
         */
        public @Nullable Long expiresAt(Instant now) {
            if (ttl == null) {
                return null;
            }
            try {
                Instant end = now.plus(ttl);
                long millis = end.toEpochMilli();
                return end.isAfter(Instant.ofEpochMilli(millis)) ? Math.addExact(millis, 1) : millis;
            } catch (DateTimeException | ArithmeticException beyondTheRange) {
                return null;
            }
        }

        /** Omits the value, which must not appear in a log. */
        @Override
        public String toString() {
            return "Set[" + Names.printable(group) + "/" + Names.printable(key) + "]";
        }
    }

    /** Deletes an entry; the result is whether it was live. */
    record Delete(String group, String key) implements Change<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.delete(jdbc, group, key);
        }
    }

    /** Deletes the entries of a group; the result is how many were live. */
    record DeleteGroup(String group) implements Change<Long> {

        @Override
        public Long run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.deleteGroup(jdbc, group);
        }
    }

    /**
     * Removes rows of expired entries; the result is how many.
     *
     * @param upTo entries that expire later are kept, as are entries that are live again because the clock was set back
     * @param limit the maximum number of rows
     */
    record Purge(Instant upTo, int limit) implements Change<Integer> {

        @Override
        public Integer run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.purge(jdbc, upTo, limit);
        }
    }
}
