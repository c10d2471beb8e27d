package dev.kvstore.sqlite.connection;

import java.sql.PreparedStatement;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;

/** Transactions in SQLite's SQL. */
public final class Transactions {

    static final String ROLLBACK = "ROLLBACK";

    private static final String BEGIN_READ = "BEGIN";
    private static final String BEGIN = "BEGIN IMMEDIATE";
    private static final String COMMIT = "COMMIT";
    private static final String SAVEPOINT = "SAVEPOINT kv";
    private static final String RELEASE_SAVEPOINT = "RELEASE kv";
    private static final String ROLLBACK_TO_SAVEPOINT = "ROLLBACK TO kv";

    private Transactions() {}

    /** Begins a transaction that reads, and sees the database as of its first statement. */
    public static void beginRead(JdbcOperations jdbc) {
        execute(jdbc, BEGIN_READ);
    }

    /** Begins a transaction that writes, with the write lock. */
    public static void begin(JdbcOperations jdbc) {
        execute(jdbc, BEGIN);
    }

    /** Commits the transaction. */
    public static void commit(JdbcOperations jdbc) {
        execute(jdbc, COMMIT);
    }

    /** Rolls the transaction back. */
    public static void rollBack(JdbcOperations jdbc) {
        execute(jdbc, ROLLBACK);
    }

    /** Sets a savepoint. */
    public static void setSavepoint(JdbcOperations jdbc) {
        execute(jdbc, SAVEPOINT);
    }

    /** Undoes everything since the savepoint, which stays. */
    public static void rollBackToSavepoint(JdbcOperations jdbc) {
        execute(jdbc, ROLLBACK_TO_SAVEPOINT);
    }

    /** Removes the savepoint. */
    public static void releaseSavepoint(JdbcOperations jdbc) {
        execute(jdbc, RELEASE_SAVEPOINT);
    }

    // As a prepared statement without parameters, which the connection keeps.
    private static void execute(JdbcOperations jdbc, String sql) {
        jdbc.execute(sql, (PreparedStatementCallback<Boolean>) PreparedStatement::execute);
    }

    /** Runs queries in one transaction, so that all of them see one moment. */
    public static <T extends @Nullable Object> T read(JdbcOperations jdbc, Supplier<T> queries) {
        beginRead(jdbc);
        return finish(jdbc, queries);
    }

    /** Runs statements in one transaction, which is rolled back when they fail. */
    public static <T extends @Nullable Object> T write(JdbcOperations jdbc, Supplier<T> statements) {
        begin(jdbc);
        return finish(jdbc, statements);
    }

    private static <T extends @Nullable Object> T finish(JdbcOperations jdbc, Supplier<T> statements) {
        try {
            T result = statements.get();
            commit(jdbc);
            return result;
        } catch (Throwable e) {
            rollBackAfter(e, jdbc);
            throw e;
        }
    }

    // Some failures have ended the transaction already; then there is nothing to roll back.
    private static void rollBackAfter(Throwable failure, JdbcOperations jdbc) {
        try {
            rollBack(jdbc);
        } catch (DataAccessException e) {
            failure.addSuppressed(e);
        }
    }
}
