package dev.kvstore.engine;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An operation on the database, as data, so that an engine can distinguish operations and batch similar ones.
 *
 * @param <T> the result
 */
public sealed interface Operation<T extends @Nullable Object> permits Query, Change {

    /**
     * Runs this operation.
     *
     * @param dialect the SQL of the operation, for the moment of the call
     * @param jdbc the connection to use, valid only during this call
     */
    T run(Dialect dialect, JdbcOperations jdbc);
}
