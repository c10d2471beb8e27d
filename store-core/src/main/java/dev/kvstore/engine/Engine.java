package dev.kvstore.engine;

import dev.kvstore.Durability;
import dev.kvstore.KvStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on a database; the engine's clock determines the moment of each. Uses its own connections, and never
 * joins a transaction of the caller. Thread-safe.
 */
public interface Engine {

    /** Runs a query. It reads everything that was committed before the call, and never waits for a writer. */
    <T extends @Nullable Object> T read(Query<T> query);

    /**
     * Runs a change atomically. The change is committed when the method returns, and survives what the weaker of this
     * durability and the store's says.
     */
    <T extends @Nullable Object> T write(Change<T> change, Durability durability);

    /**
     * Refuses a thread that is committing for this engine, for example in a log appender. What it waits for, such as
     * another thread's call, could wait for its commit.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException when the thread is refused
     */
    void requireNotCommitting();

    /** Whether other processes, or other stores of this one, may change the database. */
    default boolean isShared() {
        return true;
    }

    /**
     * Refuses a call that needs no database, for example because its result is cached.
     *
     * @throws dev.kvstore.KvClosedException when the engine is closed
     */
    void requireOpen();

    /** Returns the state of the engine, for monitoring. */
    default KvStatus status() {
        return new KvStatus() {};
    }

    /** Returns the current time of the clock that decides which entries are live. */
    Instant now();
}
