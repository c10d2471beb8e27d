package dev.kvstore.sqlite;

import dev.kvstore.sqlite.file.NativeLibrary;
import dev.kvstore.sqlite.file.OpenFailures;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;

/**
 * The version of SQLite in the driver. Before 3.51.3 a checkpoint beside a write could damage a file in WAL mode.
 *
 * @see <a href="https://sqlite.org/wal.html#walresetbug">The WAL-reset bug</a>
 */
final class SqliteVersion {

    static final String REQUIRED = "3.51.3";

    private SqliteVersion() {}

    /** Loads SQLite, before any file is touched, and refuses a version that is too old. */
    static String require(String database) {
        String found = find(database);
        if (!isRecent(found)) {
            throw OpenFailures.sqliteTooOld(database, found, REQUIRED);
        }
        return found;
    }

    static boolean isRecent(String version) {
        return Arrays.compare(numbers(version), numbers(REQUIRED)) >= 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    private static String find(String database) {
        try {
            NativeLibrary.requireLoadable();
            return find();
        } catch (IOException | SQLException | LinkageError e) {
            throw OpenFailures.nativeLibrary(database, e);
        }
    }

    private static String find() throws SQLException {
        try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sqlite_version()")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
