package dev.kvstore.sqlite;

import dev.kvstore.jdbc.KvSql;
import java.sql.PreparedStatement;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;

/** The statements of a store in SQLite's SQL. */
final class SqliteSql {

    /**
     * Up to how many bytes a value lies in its row of {@code kv}; a longer one lies apart in {@code kv_large}. Measured with
     * 300,000 entries: inline wins up to 400 bytes, apart from 800 on, since long rows make the tree of keys deep.
     */
    static final int LARGEST_INLINE = 512;

    static final KvSql STATEMENTS =
            new KvSql("""
            SELECT value FROM kv_entry WHERE grp = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)\
            """, """
            SELECT value, expires_at FROM kv_entry WHERE grp = ? AND key = ?\
            """, """
            INSERT INTO kv (grp, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (grp, key) \
            DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at, value_id = NULL\
            """, """
            INSERT INTO kv_entry (grp, key, value, expires_at) VALUES (?, ?, ?, ?)\
            """, LARGEST_INLINE, """
            DELETE FROM kv WHERE grp = ? AND key = ? RETURNING expires_at IS NULL OR expires_at > ?\
            """, """
            SELECT count(*) FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?)\
            """, SlicedGroup::entries, """
            DELETE FROM kv WHERE grp = ?\
            """, """
            DELETE FROM kv WHERE expires_at <= ? LIMIT ?\
            """);

    /**
     * The first group from a name on, and the first after it, that has a live entry. All texts sort before the empty BLOB, and
     * names of the type BLOB, which only another program writes, behind it.
     */
    static final String GROUP_FROM = """
            SELECT grp FROM kv WHERE grp >= ? AND grp < x'' AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp LIMIT 1\
            """;

    static final String GROUP_AFTER = """
            SELECT grp FROM kv WHERE grp > ? AND grp < x'' AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp LIMIT 1\
            """;

    static final String BEGIN_READ = "BEGIN";
    static final String BEGIN = "BEGIN IMMEDIATE";
    static final String COMMIT = "COMMIT";
    static final String ROLLBACK = "ROLLBACK";

    static final String SAVEPOINT = "SAVEPOINT kv";
    static final String RELEASE_SAVEPOINT = "RELEASE kv";
    static final String ROLLBACK_TO_SAVEPOINT = "ROLLBACK TO kv";

    /** Moves what no reader needs any more of the write-ahead log into the database. */
    static final String CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)";

    /** Moves all of the write-ahead log into the database and empties it. */
    static final String EMPTYING_CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)";

    /** Moves nothing, and tells what there is to move. */
    static final String WAL_EXTENT = "PRAGMA wal_checkpoint(NOOP)";

    private static final String PAGE_SIZE = "PRAGMA page_size";

    private SqliteSql() {}

    static int pageSize(JdbcOperations jdbc) {
        return Objects.requireNonNull(jdbc.queryForObject(PAGE_SIZE, Integer.class));
    }

    /** Runs a statement without parameters, which is kept as those with parameters are. */
    static void execute(JdbcOperations jdbc, String sql) {
        jdbc.execute(sql, (PreparedStatementCallback<Boolean>) PreparedStatement::execute);
    }

    /** Runs an operation between a statement that begins a transaction and COMMIT, or ROLLBACK when it fails. */
    static <T extends @Nullable Object> T inTransaction(JdbcOperations jdbc, String begin, Supplier<T> operation) {
        execute(jdbc, begin);
        try {
            T result = operation.get();
            execute(jdbc, COMMIT);
            return result;
        } catch (Throwable e) {
            rollBackAfter(e, jdbc);
            throw e;
        }
    }

    // Some failures have ended the transaction already; then there is nothing to roll back.
    private static void rollBackAfter(Throwable failure, JdbcOperations jdbc) {
        try {
            execute(jdbc, ROLLBACK);
        } catch (DataAccessException e) {
            failure.addSuppressed(e);
        }
    }
}
