package dev.kvstore.sqlite;

import dev.kvstore.engine.Engine;

/** An open database of a store. */
interface SqliteEngine extends Engine, AutoCloseable {

    /** Refuses new operations, waits for those in flight, and closes all connections. */
    @Override
    void close();
}
