package dev.kvstore.sqlite;

import dev.kvstore.sqlite.table.OlderMigrations;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** Creates database files as another program or an earlier version of this library leaves them. */
final class LegacyFile {

    static final String KV_BEFORE_EXPIRY =
            "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (grp, key))";
    static final String KV_WITH_EXPIRY = "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL,"
            + " value TEXT NOT NULL, expires_at INTEGER, PRIMARY KEY (grp, key))";

    private LegacyFile() {}

    /** Executes the statements of another program on a file, which they create if it is missing. */
    static Path write(Path file, String... sql) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            for (String statement : sql) {
                foreign.execute(statement);
            }
        }
        return file;
    }

    /** Creates a file with the schema of a version of this library, and executes statements on it. */
    static Path ofVersion(Path file, int version, String... sql) throws SQLException {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations("classpath:db/kvstore/sqlite")
                .javaMigrations(OlderMigrations.inJava())
                .table("kvstore_schema_history")
                .target(Integer.toString(version))
                .load()
                .migrate();
        return write(file, sql);
    }
}
