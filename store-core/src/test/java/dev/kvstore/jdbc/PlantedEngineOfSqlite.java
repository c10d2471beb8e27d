package dev.kvstore.jdbc;

import dev.kvstore.sqlite.SqliteKvStore;

/** Violates a rule of the layers: a neutral package depends on an engine. */
public final class PlantedEngineOfSqlite {

    private PlantedEngineOfSqlite() {}

    static void open() {
        SqliteKvStore.inMemory().close();
    }
}
