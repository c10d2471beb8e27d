package dev.kvstore.jdbc;

import dev.kvstore.sqlite.SqliteKvStore;

/** Breaks a rule of the layers: a neutral package knows an engine. */
public final class PlantedEngineOfSqlite {

    private PlantedEngineOfSqlite() {}

    static void open() {
        SqliteKvStore.inMemory().close();
    }
}
