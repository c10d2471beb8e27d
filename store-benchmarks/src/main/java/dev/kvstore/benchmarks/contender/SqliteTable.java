package dev.kvstore.benchmarks.contender;

import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** The table and settings for SQLite without the store. */
final class SqliteTable {

    /** The obvious first table. */
    static final String WITH_ROWID = """
            CREATE TABLE IF NOT EXISTS kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, \
            expires_at INTEGER, PRIMARY KEY (grp, key))\
            """;

    /** The faster table for small values. */
    static final String WITHOUT_ROWID = WITH_ROWID + " WITHOUT ROWID";

    static final String GET = """
            SELECT value FROM kv WHERE grp = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;
    static final String SET = """
            INSERT INTO kv (grp, key, value, expires_at) VALUES (?, ?, ?, ?) \
            ON CONFLICT (grp, key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at\
            """;
    static final String DELETE = "DELETE FROM kv WHERE grp = ? AND key = ?";
    static final String GET_ALL = """
            SELECT key, value FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY key\
            """;
    static final String COUNT = """
            SELECT count(*) FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;

    private SqliteTable() {}

    static String url(Path directory, Storage storage) {
        return storage == Storage.MEMORY ? "jdbc:sqlite::memory:" : "jdbc:sqlite:" + directory.resolve("kv.db");
    }

    static SQLiteConfig config(Storage storage) {
        SQLiteConfig config = new SQLiteConfig();
        if (storage != Storage.MEMORY) {
            config.setJournalMode(JournalMode.WAL);
            config.setSynchronous(storage == Storage.FULL ? SynchronousMode.FULL : SynchronousMode.NORMAL);
        }
        return config;
    }
}
