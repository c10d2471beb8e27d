package dev.kvstore.sqlite;

import dev.kvstore.engine.Engine;

/** An open database that a store runs on. */
interface SqliteEngine extends Engine, AutoCloseable {

    /** Refuses new operations, lets those in flight end, and closes all connections. */
    @Override
    void close();
}
