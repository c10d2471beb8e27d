package dev.kvstore.sqlite.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps its prepared statements: closing a statement makes it ready for its next use, and closing the
 * connection does nothing. Preparing a statement takes longer than running it. Not thread-safe, as the connection.
 */
final class StatementCache implements InvocationHandler {

    private final Connection connection;
    private final Map<String, KeptStatement> statements = new HashMap<>();

    private StatementCache(Connection connection) {
        this.connection = connection;
    }

    static Connection over(Connection connection) {
        return proxy(Connection.class, new StatementCache(connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("prepareStatement") && arguments != null && arguments.length == 1) {
            return prepare((String) arguments[0]);
        }
        return method.getName().equals("close") ? null : call(connection, method, arguments);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        KeptStatement kept = statements.get(sql);
        if (kept == null) {
            kept = new KeptStatement(sql, connection.prepareStatement(sql));
            statements.put(sql, kept);
        } else if (kept.inUse) {
            return connection.prepareStatement(sql);
        }
        kept.inUse = true;
        return kept.proxy;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private final class KeptStatement implements InvocationHandler {

        private final String sql;
        private final PreparedStatement statement;
        private final PreparedStatement proxy;
        private @Nullable ResultSet rows;
        private boolean inUse;
        private boolean failed;

        private KeptStatement(String sql, PreparedStatement statement) {
            this.sql = sql;
            this.statement = statement;
            this.proxy = proxy(PreparedStatement.class, this);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("close")) {
                release();
                return null;
            }
            try {
                Object result = call(statement, method, arguments);
                if (result instanceof ResultSet opened) {
                    rows = opened;
                }
                return result;
            } catch (SQLException e) {
                failed = true;
                throw e;
            }
        }

        // The driver closes a statement after some errors; after any error, prepare another one.
        private void release() throws SQLException {
            inUse = false;
            boolean ready = false;
            try {
                ready = !failed && reset();
            } finally {
                if (!ready) {
                    statements.remove(sql, this);
                    statement.close();
                }
            }
        }

        // An open result would block checkpoints, and parameters stay in memory until they are cleared.
        private boolean reset() throws SQLException {
            ResultSet open = rows == null ? statement.getResultSet() : rows;
            if (open != null) {
                open.close();
            }
            rows = null;
            statement.clearParameters();
            return true;
        }
    }
}
