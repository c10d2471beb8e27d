package dev.kvstore.engine;

import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An operation that only reads.
 *
 * @param <T> the result
 */
public sealed interface Query<T> extends Operation<T> {

    /** The value of a live entry. */
    record Get(String group, String key) implements Query<Optional<String>> {

        @Override
        public Optional<String> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.get(jdbc, group, key);
        }
    }

    /** An entry as stored, live or expired. */
    record GetStored(String group, String key) implements Query<StoredEntry> {

        @Override
        public StoredEntry run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.getStored(jdbc, group, key);
        }
    }

    /** The live entries of a group as of one moment. */
    record GetAll(String group) implements Query<Map<String, String>> {

        @Override
        public Map<String, String> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.getAll(jdbc, group);
        }
    }

    /** The number of live entries of a group. */
    record Count(String group) implements Query<Long> {

        @Override
        public Long run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.count(jdbc, group);
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
