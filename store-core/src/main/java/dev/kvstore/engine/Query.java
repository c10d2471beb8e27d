package dev.kvstore.engine;

import dev.kvstore.KvRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An operation that only reads.
 *
 * @param <T> the result
 */
public sealed interface Query<T> extends Operation<T>
        permits Query.Get,
                Query.Find,
                Query.GetStored,
                Query.Contains,
                Query.GetAll,
                Query.GetEach,
                Query.Count,
                Query.Page,
                Query.NextGroup,
                FeedQuery {

    /** The value of a live entry. */
    record Get(String group, String key) implements Query<Optional<Value>> {

        @Override
        public Optional<Value> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.get(jdbc, group, key);
        }
    }

    /** A live entry; {@link StoredEntry#ABSENT} if it is not live. */
    record Find(String group, String key) implements Query<StoredEntry> {

        @Override
        public StoredEntry run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.find(jdbc, group, key);
        }
    }

    /** An entry as stored, live or expired. */
    record GetStored(String group, String key) implements Query<StoredEntry> {

        @Override
        public StoredEntry run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.getStored(jdbc, group, key);
        }
    }

    /** Whether an entry is live. */
    record Contains(String group, String key) implements Query<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.state(jdbc, group, key).isPresent();
        }
    }

    /** The live entries of a group as of one moment. */
    record GetAll(String group) implements Query<Map<String, Value>> {

        @Override
        public Map<String, Value> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.getAll(jdbc, group);
        }
    }

    /**
     * The live entries among some keys of a group as of one moment.
     *
     * @param keys in the order of their UTF-8 bytes, each once
     */
    record GetEach(String group, List<String> keys) implements Query<Map<String, Value>> {

        @Override
        public Map<String, Value> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.getEach(jdbc, group, keys);
        }
    }

    /** The number of live entries of a group whose keys are in a range, whatever its limit. */
    record Count(String group, KvRange range) implements Query<Long> {

        @Override
        public Long run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.count(jdbc, group, range);
        }
    }

    /**
     * The first live entries of a range, in its direction, as of one moment.
     *
     * @param limit the maximum number of entries, whatever the limit of the range
     * @param maxBytes the page ends with the entry that reaches this size of keys and values
     * @param keysOnly whether the entries have no value and no version
     */
    record Page(String group, KvRange range, int limit, long maxBytes, boolean keysOnly) implements Query<StoredPage> {

        @Override
        public StoredPage run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.page(jdbc, this);
        }
    }

    /**
     * The first group that has a live entry and whose name starts with a prefix, in the order of the names' UTF-8
     * bytes.
     *
     * @param prefix empty for all groups
     * @param from where the search starts: the prefix, or a name that starts with it
     * @param inclusive whether {@code from} itself is a candidate
     */
    record NextGroup(String prefix, String from, boolean inclusive) implements Query<Optional<String>> {

        @Override
        public Optional<String> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.nextGroup(jdbc, this);
        }
    }
}
