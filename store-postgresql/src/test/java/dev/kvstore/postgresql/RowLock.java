package dev.kvstore.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/** A lock of the row of an entry that another program holds. */
final class RowLock {

    private RowLock() {}

    /** Holds the lock while something is done. */
    static <T> T during(String schema, String key, Callable<T> work) throws Exception {
        try (Connection connection = PostgresServer.shared().connect(EmptySchemas.DATABASE)) {
            lock(connection, schema, key);
            return work.call();
        }
    }

    private static void lock(Connection connection, String schema, String key) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM " + schema + ".kv WHERE key = '" + key + "' FOR UPDATE");
        }
    }
}
