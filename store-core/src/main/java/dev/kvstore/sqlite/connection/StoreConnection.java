package dev.kvstore.sqlite.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A connection with its {@code JdbcTemplate}. Not thread-safe. */
public final class StoreConnection implements AutoCloseable {

    /** Opens a connection, the first one or a replacement. */
    @FunctionalInterface
    public interface Opener {

        StoreConnection open() throws SQLException;

        /** Opens a connection for an operation, and fails as the operation would. */
        default StoreConnection open(String database) {
            try {
                return open();
            } catch (SQLException e) {
                throw new SqliteErrors(database).translate("open", null, e);
            }
        }
    }

    private static final Log log = LogFactory.getLog(StoreConnection.class);

    private final Connection connection;
    private final String database;
    private final JdbcOperations jdbc;

    public StoreConnection(Connection connection, String database) {
        this.connection = connection;
        this.database = database;
        this.jdbc = new CachingJdbcTemplate(connection, new SqliteErrors(database));
    }

    /** The connection for code that opens and closes its own. */
    public DataSource connectionAsDataSource() {
        return new SingleConnectionDataSource(connection, true);
    }

    /** Runs an operation on this connection, outside of any transaction of the caller. */
    public <T extends @Nullable Object> T call(Function<JdbcOperations, T> operation) {
        return operation.apply(jdbc);
    }

    /** Runs operations without a result. */
    public void run(Consumer<JdbcOperations> operations) {
        call(jdbc -> {
            operations.accept(jdbc);
            return null;
        });
    }

    /**
     * Rolls back the transaction that may be open, and closes the connection. ROLLBACK comes first: the driver marks a
     * connection as closed before SQLite has closed it, and after a failure a second attempt does nothing.
     *
     * @throws org.springframework.dao.DataAccessException when the connection may still hold a lock; the call can be
     *     repeated
     */
    public void discard() {
        SQLException open = rollBack();
        try {
            connection.close();
        } catch (SQLException e) {
            if (open != null) {
                throw new DataAccessResourceFailureException(
                        "Store '" + database
                                + "': a transaction that failed could neither be rolled back nor its connection"
                                + " closed, so this store may hold the write lock. It tries again at the next write;"
                                + " this write was not executed and can be retried",
                        open);
            }
        }
    }

    /** Rolls back the transaction if one is open. Returns null when none is open any more. */
    @Nullable
    public SQLException rollBack() {
        // Not by a kept statement, which may be in any state.
        try (Statement statement = connection.createStatement()) {
            statement.execute(Transactions.ROLLBACK);
            return null;
        } catch (SQLException e) {
            // SQLite's code when no transaction is active.
            return e instanceof SQLiteException && SqliteErrors.code(e) == SQLiteErrorCode.SQLITE_ERROR.code ? null : e;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("A connection did not close", e);
        }
    }
}
