package dev.kvstore.engine;

import dev.kvstore.Expiry;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvRange;
import dev.kvstore.KvTypeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An operation that writes, atomically.
 *
 * @param <T> the result
 */
public sealed interface Change<T extends @Nullable Object> extends Operation<T>
        permits Change.OfEntry, Change.DeleteGroup, Change.DeleteRange, Change.AllOrNothing, Change.Purge, FeedChange {

    /** The maximum number of entries that get a new version. */
    default int versions() {
        return 0;
    }

    /** The maximum number of statements that delete, each of which needs a version if its deletions are logged. */
    default int deletions() {
        return 0;
    }

    /**
     * A change of one entry.
     *
     * @param <T> the result
     */
    sealed interface OfEntry<T extends @Nullable Object> extends Change<T> {

        /** Returns the group of the entry. */
        String group();

        /** Returns the key of the entry. */
        String key();
    }

    /**
     * Inserts or replaces an entry if it meets a condition; the result is the new version, empty if it does not.
     *
     * @param size the length of the value in bytes, of text in UTF-8
     */
    record Put(String group, String key, Value value, long size, Expiry expiry, Condition condition)
            implements OfEntry<OptionalLong> {

        @Override
        public OptionalLong run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.put(jdbc, this);
        }

        @Override
        public int versions() {
            return 1;
        }

        /** The same with another condition. */
        public Put when(Condition other) {
            return new Put(group, key, value, size, expiry, other);
        }

        /** Omits the value, which must not appear in a log. */
        @Override
        public String toString() {
            return "Put[" + Names.printable(group) + "/" + Names.printable(key) + "]";
        }
    }

    /** Replaces an entry; the result is the value before, if the entry was live. */
    record GetAndSet(Put put) implements OfEntry<Optional<Value>> {

        @Override
        public String group() {
            return put.group;
        }

        @Override
        public String key() {
            return put.key;
        }

        @Override
        public Optional<Value> run(Dialect dialect, JdbcOperations jdbc) {
            // A second turn is only for databases whose writers run side by side.
            while (true) {
                StoredEntry before = dialect.find(jdbc, put.group, put.key);
                if (dialect.put(jdbc, put.when(Condition.version(before.version())))
                        .isPresent()) {
                    return Optional.ofNullable(before.value());
                }
            }
        }

        @Override
        public int versions() {
            return 1;
        }
    }

    /** Sets an absent entry; the result is the value of a live one, which stays. */
    record GetOrSet(Put put) implements OfEntry<Optional<Value>> {

        @Override
        public String group() {
            return put.group;
        }

        @Override
        public String key() {
            return put.key;
        }

        @Override
        public Optional<Value> run(Dialect dialect, JdbcOperations jdbc) {
            while (true) {
                Optional<Value> live = dialect.get(jdbc, put.group, put.key);
                if (live.isPresent()
                        || dialect.put(jdbc, put.when(Condition.ABSENT)).isPresent()) {
                    return live;
                }
            }
        }

        @Override
        public int versions() {
            return 1;
        }
    }

    /** Changes the expiry of a live entry; the result is whether it was live. */
    record Expire(String group, String key, Expiry expiry) implements OfEntry<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            while (true) {
                Optional<EntryState> live = dialect.state(jdbc, group, key);
                if (live.isEmpty()
                        || expiry instanceof Expiry.Keep
                        || dialect.expire(jdbc, group, key, expiry, live.get())) {
                    return live.isPresent();
                }
            }
        }

        @Override
        public int versions() {
            return 1;
        }
    }

    /** Changes the expiry of a live entry; the result is its value. */
    record GetAndExpire(String group, String key, Expiry expiry) implements OfEntry<Optional<Value>> {

        @Override
        public Optional<Value> run(Dialect dialect, JdbcOperations jdbc) {
            while (true) {
                StoredEntry live = dialect.find(jdbc, group, key);
                if (live.value() == null
                        || expiry instanceof Expiry.Keep
                        || dialect.expire(jdbc, group, key, expiry, live.state())) {
                    return Optional.ofNullable(live.value());
                }
            }
        }

        @Override
        public int versions() {
            return 1;
        }
    }

    /**
     * Adds to the decimal number in a live entry, and keeps its expiry; the result is the sum.
     *
     * @param least the smallest allowed sum
     * @param greatest the greatest allowed sum
     * @param ofNewEntry the expiry of an entry that was absent, and starts with {@code delta}
     */
    record Increment(String group, String key, long delta, long least, long greatest, Expiry ofNewEntry)
            implements OfEntry<Long> {

        @Override
        public Long run(Dialect dialect, JdbcOperations jdbc) {
            OptionalLong sum = dialect.increment(jdbc, this);
            if (sum.isPresent()) {
                return sum.getAsLong();
            }
            throw refused(dialect.find(jdbc, group, key).value());
        }

        private RuntimeException refused(@Nullable Value value) {
            String name = "'" + Names.printable(group) + "/" + Names.printable(key) + "'";
            return value == null || Decimal.isCanonical(value)
                    ? new KvLimitException("The number in " + name + " would be out of the range from " + least + " to "
                            + greatest + "; it is unchanged")
                    : new KvTypeException(
                            "The value of " + name + " is not a whole number in decimal digits; it is" + " unchanged");
        }

        @Override
        public int versions() {
            return 1;
        }
    }

    /**
     * Deletes an entry that meets a condition; the result is whether it was live.
     *
     * @param condition any but {@code PRESENT}
     */
    record Delete(String group, String key, Condition condition) implements OfEntry<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.delete(jdbc, this);
        }

        @Override
        public int deletions() {
            return 1;
        }
    }

    /** Deletes an entry; the result is its value if it was live. */
    record GetAndDelete(String group, String key) implements OfEntry<Optional<Value>> {

        @Override
        public Optional<Value> run(Dialect dialect, JdbcOperations jdbc) {
            while (true) {
                StoredEntry live = dialect.find(jdbc, group, key);
                // The row of an expired entry goes too, or the entry would live again if the clock is set back.
                boolean deleted = dialect.delete(jdbc, new Delete(group, key, Condition.version(live.version())));
                if (deleted || live.value() == null) {
                    return Optional.ofNullable(live.value());
                }
            }
        }

        @Override
        public int deletions() {
            return 1;
        }
    }

    /** Deletes the entries of a group; the result is how many were live. */
    record DeleteGroup(String group) implements Change<Long> {

        @Override
        public Long run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.deleteGroup(jdbc, group);
        }

        @Override
        public int deletions() {
            return 1;
        }
    }

    /** Deletes the entries of a range, up to its limit in its direction; the result is how many were live. */
    record DeleteRange(String group, KvRange range) implements Change<Long> {

        @Override
        public Long run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.deleteRange(jdbc, group, range);
        }

        @Override
        public int deletions() {
            return 1;
        }
    }

    /**
     * Makes several changes if all checks are met, or none; the results are those of the changes, or empty. The checks
     * see the state before the changes, which are made in their order.
     */
    record AllOrNothing(List<Check> checks, List<? extends OfEntry<?>> changes)
            implements Change<Optional<List<Object>>> {

        /**
         * A version that an entry must have.
         *
         * @param version 0 means absent
         */
        public record Check(String group, String key, long version) {

            boolean isMet(Dialect dialect, JdbcOperations jdbc) {
                return version
                        == dialect.lockedState(jdbc, group, key)
                                .map(EntryState::version)
                                .orElse(0L);
            }
        }

        @Override
        public Optional<List<Object>> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.allOrNothing(jdbc, this);
        }

        /** Whether all checks are met. */
        public boolean isMet(Dialect dialect, JdbcOperations jdbc) {
            for (Check check : checks) {
                if (!check.isMet(dialect, jdbc)) {
                    return false;
                }
            }
            return true;
        }

        /** Makes the checks and changes one by one. */
        Optional<List<Object>> runEach(Dialect dialect, JdbcOperations jdbc) {
            if (!isMet(dialect, jdbc)) {
                return Optional.empty();
            }
            List<Object> results = new ArrayList<>(changes.size());
            for (OfEntry<?> change : changes) {
                results.add(change.run(dialect, jdbc));
            }
            return Optional.of(results);
        }

        @Override
        public int versions() {
            int sum = 0;
            for (OfEntry<?> change : changes) {
                sum += change.versions();
            }
            return sum;
        }

        @Override
        public int deletions() {
            int sum = 0;
            for (OfEntry<?> change : changes) {
                sum += change.deletions();
            }
            return sum;
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

        @Override
        public int deletions() {
            return 1;
        }
    }
}
