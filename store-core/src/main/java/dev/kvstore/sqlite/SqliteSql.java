package dev.kvstore.sqlite;

import java.sql.PreparedStatement;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;

/** Transactions and checkpoints in SQLite's SQL. */
final class SqliteSql {

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
