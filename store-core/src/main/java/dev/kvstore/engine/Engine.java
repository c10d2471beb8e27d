package dev.kvstore.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations against a database, each at the moment of its call by the engine's clock. Uses its own connections, and
 * never joins a transaction of the caller. Thread-safe.
 */
public interface Engine {

    /** Runs a query, which sees everything committed before the call. It never waits for a writer. */
    <T extends @Nullable Object> T read(Query<T> query);

    /** Runs a change, all of it or nothing. The change is committed when this returns. */
    <T extends @Nullable Object> T write(Change<T> change);

    /** The time by the clock that decides which entries are live. */
    Instant now();
}
