package dev.kvstore.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** One connection and the {@code JdbcTemplate} over it. Not thread-safe. */
final class Session implements AutoCloseable {

    /** Opens a connection, at the beginning or in place of one that was given up. */
    @FunctionalInterface
    interface Opener {

        Session open() throws SQLException;

        /** Opens a connection for an operation, and fails as the operation would. */
        default Session open(String database) {
            try {
                return open();
            } catch (SQLException e) {
                throw new SqliteErrors(database).translate("open", null, e);
            }
        }
    }

    private static final Log log = LogFactory.getLog(Session.class);

    private final Connection connection;
    private final Connection statements;
    private final DataSource dataSource;
    private final JdbcTemplate jdbc;

    Session(Connection connection, String database) {
        this.connection = connection;
        this.statements = StatementCache.over(connection);
        this.dataSource = new OneConnection(statements);
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setExceptionTranslator(new SqliteErrors(database));
    }

    /** Hands out the connection to code that wants to open and close its own. */
    DataSource connectionAsDataSource() {
        return new SingleConnectionDataSource(connection, true);
    }

    <T extends @Nullable Object> T call(Function<JdbcOperations, T> operation) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return operation.apply(jdbc);
        }
        // Bound by us, the connection is not bound by JdbcTemplate to the transaction that the caller has open.
        TransactionSynchronizationManager.bindResource(dataSource, new ConnectionHolder(statements));
        try {
            return operation.apply(jdbc);
        } finally {
            TransactionSynchronizationManager.unbindResource(dataSource);
        }
    }

    void run(Consumer<JdbcOperations> operations) {
        call(jdbc -> {
            operations.accept(jdbc);
            return null;
        });
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("A connection did not close", e);
        }
    }

    private static final class OneConnection extends AbstractDataSource {

        private final Connection connection;

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() {
            return connection;
        }

        @Override
        public Connection getConnection(String username, String password) {
            return connection;
        }
    }
}
