package dev.kvstore.engine;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What to do with the database, as data: an engine can tell operations apart and run similar ones together.
 *
 * @param <T> the result
 */
public sealed interface Operation<T extends @Nullable Object> permits Query, Change {

    /**
     * Runs this operation.
     *
     * @param dialect carries it out, at the moment of the call
     * @param jdbc the connection to use, valid during this call only
     */
    T run(Dialect dialect, JdbcOperations jdbc);
}
