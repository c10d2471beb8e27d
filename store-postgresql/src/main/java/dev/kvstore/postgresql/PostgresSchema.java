package dev.kvstore.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The migrations that were applied to a schema, oldest first.
 *
 * @param history empty if the schema is new
 */
record PostgresSchema(List<Migration> history) {

    /** A migration, with the checksum of its file. */
    record Migration(int version, @Nullable Integer checksum) {}

    /** The migrations of this version of the library. */
    static final List<Migration> MIGRATIONS = List.of(new Migration(1, -1317563153));

    static final String HISTORY_TABLE = "schema_history";

    private static final String HISTORY_EXISTS = "SELECT to_regclass('schema_history') IS NOT NULL";

    // Without the row of the schema's creation, which has no version.
    private static final String HISTORY =
            "SELECT version, checksum FROM schema_history WHERE success AND version IS NOT NULL"
                    + " ORDER BY installed_rank";

    static PostgresSchema read(Connection connection) throws SQLException {
        List<Migration> history = new ArrayList<>();
        if (exists(connection)) {
            try (PreparedStatement statement = connection.prepareStatement(HISTORY);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    history.add(new Migration(Integer.parseInt(rows.getString(1)), (Integer) rows.getObject(2)));
                }
            }
        }
        return new PostgresSchema(history);
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HISTORY_EXISTS);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    boolean isCurrent() {
        return history.equals(MIGRATIONS);
    }

    /** Whether a newer version of the library has migrated the schema. */
    boolean isNewer() {
        return version() > MIGRATIONS.size();
    }

    /** The newest applied migration; 0 when there is none. */
    int version() {
        return history.isEmpty() ? 0 : history.get(history.size() - 1).version();
    }
}
