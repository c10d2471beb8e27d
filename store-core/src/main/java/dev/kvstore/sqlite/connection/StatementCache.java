package dev.kvstore.sqlite.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * Keeps the prepared statements of a connection: preparing a statement takes longer than executing it. A statement in
 * use is not used twice, and one that has failed is not used again. Not thread-safe, as the connection.
 */
final class StatementCache {

    /** What is done with a statement. */
    @FunctionalInterface
    interface Use<T extends @Nullable Object> {

        T apply(Cached statement) throws SQLException;
    }

    private static final Log log = LogFactory.getLog(StatementCache.class);

    private final Connection connection;
    private final Map<String, Cached> statements = new HashMap<>();

    StatementCache(Connection connection) {
        this.connection = connection;
    }

    /** Uses the statement of this SQL; afterwards its result is closed and its parameters are cleared. */
    <T extends @Nullable Object> T use(String sql, Use<T> use) throws SQLException {
        Cached statement = take(sql);
        boolean succeeded = false;
        try {
            T result = use.apply(statement);
            succeeded = true;
            return result;
        } finally {
            statement.release(succeeded);
        }
    }

    private Cached take(String sql) throws SQLException {
        Cached cached = statements.get(sql);
        if (cached == null || cached.state == State.DISPOSABLE) {
            cached = replace(cached, sql);
        } else if (cached.state == State.IN_USE) {
            return new Cached(connection.prepareStatement(sql));
        }
        cached.state = State.IN_USE;
        return cached;
    }

    private Cached replace(@Nullable Cached failed, String sql) throws SQLException {
        if (failed != null) {
            JdbcUtils.closeStatement(failed.statement);
        }
        Cached prepared = new Cached(connection.prepareStatement(sql));
        statements.put(sql, prepared);
        return prepared;
    }

    private enum State {
        READY,
        IN_USE,
        /** Closed after its use, and not used again. */
        DISPOSABLE
    }

    /** A statement in use. */
    static final class Cached {

        private final PreparedStatement statement;
        private @Nullable ResultSet rows;
        private boolean returnsNoRows;
        private State state = State.DISPOSABLE;

        private Cached(PreparedStatement statement) {
            this.statement = statement;
        }

        PreparedStatement statement() {
            return statement;
        }

        ResultSet query() throws SQLException {
            ResultSet opened = statement.executeQuery();
            rows = opened;
            return opened;
        }

        int update() throws SQLException {
            int count = statement.executeUpdate();
            returnsNoRows = true;
            return count;
        }

        // What was executed has succeeded or failed already: nothing that fails here may hide it.
        private void release(boolean succeeded) {
            boolean reusable = succeeded && state == State.IN_USE;
            state = State.DISPOSABLE;
            try {
                if (reusable) {
                    reset();
                    state = State.READY;
                }
            } catch (SQLException | RuntimeException | Error e) {
                log.debug("A statement is prepared again at its next use", e);
            }
            // The driver closes a statement after some errors; after any error, prepare another one.
            if (state == State.DISPOSABLE) {
                JdbcUtils.closeStatement(statement);
            }
        }

        // An open result would block checkpoints, and parameters stay in memory until they are cleared.
        private void reset() throws SQLException {
            ResultSet open = rows == null && !returnsNoRows ? statement.getResultSet() : rows;
            if (open != null) {
                open.close();
            }
            rows = null;
            statement.clearParameters();
        }
    }
}
