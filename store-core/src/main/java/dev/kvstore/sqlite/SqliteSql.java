package dev.kvstore.sqlite;

import dev.kvstore.jdbc.KvSql;
import java.sql.PreparedStatement;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;

/** The statements of a store in SQLite's SQL. */
final class SqliteSql {

    static final KvSql STATEMENTS = new KvSql("""
            SELECT value FROM kv WHERE grp = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)\
            """, """
            INSERT INTO kv (grp, key, value, expires_at) VALUES (?, ?, ?, ?) \
            ON CONFLICT (grp, key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at\
            """, """
            DELETE FROM kv WHERE grp = ? AND key = ? RETURNING expires_at IS NULL OR expires_at > ?\
            """, """
            SELECT count(*) FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?)\
            """, """
            SELECT key, value FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY key\
            """, """
            DELETE FROM kv WHERE grp = ?\
            """, """
            DELETE FROM kv WHERE expires_at <= ? LIMIT ?\
            """);

    static final String BEGIN_READ = "BEGIN";
    static final String BEGIN = "BEGIN IMMEDIATE";
    static final String COMMIT = "COMMIT";
    static final String ROLLBACK = "ROLLBACK";

    static final String SAVEPOINT = "SAVEPOINT kv";
    static final String RELEASE_SAVEPOINT = "RELEASE kv";
    static final String ROLLBACK_TO_SAVEPOINT = "ROLLBACK TO kv";

    /** Moves the write-ahead log into the database and empties it. */
    static final String CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)";

    private SqliteSql() {}

    /** Runs a statement without parameters, which is kept as those with parameters are. */
    static void execute(JdbcOperations jdbc, String sql) {
        jdbc.execute(sql, (PreparedStatementCallback<Boolean>) PreparedStatement::execute);
    }
}
