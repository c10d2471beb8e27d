package dev.kvstore.sqlite;

import dev.kvstore.KvClosedException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;

/** The one connection that writes, behind a fair lock: callers wait for each other here, not inside SQLite. */
final class Writer implements AutoCloseable {

    /** Opens the connection again after one was given up. */
    @FunctionalInterface
    interface Opener {
        Session open() throws SQLException;
    }

    private static final Log log = LogFactory.getLog(Writer.class);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final BusyTimeout busyTimeout;
    private final @Nullable Opener opener;
    private final @Nullable FileIdentity file;
    private @Nullable Session session;
    private boolean closed;

    private Writer(Session session, BusyTimeout busyTimeout, @Nullable Opener opener, @Nullable FileIdentity file) {
        this.session = session;
        this.busyTimeout = busyTimeout;
        this.opener = opener;
        this.file = file;
    }

    static Writer ofFile(Session session, BusyTimeout busyTimeout, Opener opener, FileIdentity file) {
        return new Writer(session, busyTimeout, opener, file);
    }

    /** The connection of a database in memory, which is lost with it and so never given up. */
    static Writer ofMemory(Session session, BusyTimeout busyTimeout) {
        return new Writer(session, busyTimeout, null, null);
    }

    /** Runs one statement, which commits by itself. */
    <T extends @Nullable Object> T write(Function<JdbcOperations, T> operation) {
        long start = System.nanoTime();
        lock.lock();
        try {
            if (closed) {
                throw new KvClosedException("Store '" + busyTimeout.database() + "' is closed");
            }
            return busyTimeout.retry(start, () -> attempt(operation));
        } finally {
            lock.unlock();
        }
    }

    /** Runs several statements in one transaction. */
    <T extends @Nullable Object> T transact(Function<JdbcOperations, T> operation) {
        return write(jdbc -> {
            run(jdbc, SqliteSql.BEGIN);
            try {
                T result = operation.apply(jdbc);
                run(jdbc, SqliteSql.COMMIT);
                return result;
            } catch (CannotAcquireLockException | DataIntegrityViolationException e) {
                run(jdbc, SqliteSql.ROLLBACK);
                throw e;
            }
        });
    }

    private static void run(JdbcOperations jdbc, String sql) {
        jdbc.execute(sql, (PreparedStatementCallback<Boolean>) PreparedStatement::execute);
    }

    private <T extends @Nullable Object> T attempt(Function<JdbcOperations, T> operation) {
        if (file != null) {
            file.requireUnchanged();
        }
        Session session = session();
        try {
            return session.call(operation);
        } catch (CannotAcquireLockException | DataIntegrityViolationException e) {
            throw e;
        } catch (Throwable e) {
            recover(session);
            throw e;
        }
    }

    private Session session() {
        if (session == null) {
            session = reopen();
        }
        return session;
    }

    private Session reopen() {
        try {
            return Objects.requireNonNull(opener).open();
        } catch (SQLException e) {
            throw new SqliteErrors(busyTimeout.database()).translate("open", null, e);
        }
    }

    /**
     * After an error that may have ended the transaction, later statements on the connection could commit alone, so it is
     * given up; SQLite then rolls back what is open (https://sqlite.org/lang_transaction.html, 3).
     */
    private void recover(Session broken) {
        if (opener != null) {
            session = null;
            broken.close();
            return;
        }
        try {
            broken.call(jdbc -> {
                run(jdbc, SqliteSql.ROLLBACK);
                return null;
            });
        } catch (DataAccessException e) {
            log.debug("No transaction was left to roll back", e);
        }
    }

    /** Lets the write in flight end, empties the write-ahead log and closes the connection. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (session == null) {
                return;
            }
            checkpoint(session);
            session.close();
            session = null;
        } finally {
            lock.unlock();
        }
    }

    private void checkpoint(Session session) {
        try {
            session.call(jdbc -> {
                jdbc.execute(SqliteSql.CHECKPOINT);
                return null;
            });
        } catch (DataAccessException e) {
            // Nothing is lost: what is in the log is moved by whoever opens the file next.
            log.debug("The last checkpoint failed", e);
        }
    }
}
