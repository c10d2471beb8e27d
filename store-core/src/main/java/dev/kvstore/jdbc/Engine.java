package dev.kvstore.jdbc;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Runs operations against a database. An operation is a function of the {@code JdbcOperations} it is given; it must not
 * keep them, nor call the engine.
 *
 * <p>Operations run on connections of the engine, and never join a transaction of the caller.
 */
public interface Engine {

    /** Runs an operation that only reads. It sees all that was committed before; it never waits for a writer. */
    <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation);

    /** Runs an operation of exactly one statement that writes. It has been committed when this returns. */
    <T extends @Nullable Object> T write(Function<JdbcOperations, T> operation);

    /** Runs an operation of several statements, all or none of which have been committed when this returns. */
    <T extends @Nullable Object> T transact(Function<JdbcOperations, T> operation);
}
