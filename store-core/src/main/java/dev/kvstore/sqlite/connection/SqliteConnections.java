package dev.kvstore.sqlite.connection;

import dev.kvstore.Durability;
import dev.kvstore.sqlite.file.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/** Opens connections to one database, sets every pragma on every connection, and reads it back. */
public final class SqliteConnections {

    // The wait inside SQLite can be neither interrupted nor closed, so it is cut into slices.
    private static final Duration BUSY_SLICE = Duration.ofMillis(250);

    private static final Duration LONGEST_BUSY_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

    private static final String MEMORY_URL = "jdbc:sqlite::memory:";

    // The first connection locks other processes out, until the last is closed (https://sqlite.org/vfs.html, 2.2).
    private static final String EXCLUSIVE = "&vfs=unix-excl";

    private static final String JOURNAL_MODE = "PRAGMA journal_mode";
    private static final String SYNCHRONOUS = "PRAGMA synchronous";
    private static final String BUSY_TIMEOUT = "PRAGMA busy_timeout";
    private static final String TRUSTED_SCHEMA = "PRAGMA trusted_schema";
    private static final String TRUSTED_SCHEMA_OFF = "PRAGMA trusted_schema = 0";
    private static final String CELL_SIZE_CHECK = "PRAGMA cell_size_check";
    private static final String CELL_SIZE_CHECK_ON = "PRAGMA cell_size_check = 1";
    private static final String QUERY_ONLY = "PRAGMA query_only";
    private static final String WAL_AUTOCHECKPOINT = "PRAGMA wal_autocheckpoint";
    private static final String WAL_AUTOCHECKPOINT_OFF = "PRAGMA wal_autocheckpoint = 0";
    private static final String FULLFSYNC = "PRAGMA fullfsync";
    private static final String FULLFSYNC_ON = "PRAGMA fullfsync = 1";
    private static final String CHECKPOINT_FULLFSYNC = "PRAGMA checkpoint_fullfsync";
    private static final String CHECKPOINT_FULLFSYNC_ON = "PRAGMA checkpoint_fullfsync = 1";
    private static final String READ_SCHEMA = "SELECT count(*) FROM sqlite_schema";
    private static final String QUERY_ONLY_ON = "PRAGMA query_only = 1";
    private static final String LOCKING_MODE_EXCLUSIVE = "PRAGMA locking_mode = EXCLUSIVE";
    private static final String BEGIN_EXCLUSIVE = "BEGIN EXCLUSIVE";
    private static final String COMMIT = "COMMIT";

    private final SqliteSettings settings;
    private final String inspectorUrl;
    private final String url;

    public SqliteConnections(SqliteSettings settings) {
        this.settings = settings;
        this.inspectorUrl = url(settings);
        this.url = settings.file() != null && settings.exclusive() ? inspectorUrl + EXCLUSIVE : inspectorUrl;
    }

    // The URI escapes characters that the driver and SQLite would read as parameters; mode=rw never creates a file.
    private static String url(SqliteSettings settings) {
        return settings.file() == null
                ? MEMORY_URL
                : "jdbc:sqlite:" + settings.file().toUri() + "?mode=rw";
    }

    /**
     * A connection that only inspects: it changes neither the database nor its journal mode.
     *
     * <p>With a WAL beside the file it is opened with mode=ro, since closing it would otherwise checkpoint the WAL into
     * a file that may be refused; without a WAL it is not, since it would leave a WAL behind.
     */
    public Connection openInspector() throws SQLException, IOException {
        return configured(baseConfig(), hasWal() ? readOnly(inspectorUrl) : inspectorUrl, true);
    }

    private boolean hasWal() throws IOException {
        Path file = settings.file();
        return file != null && Files.exists(FileIdentity.walOf(file));
    }

    private static String readOnly(String url) {
        return url.replace("?mode=rw", "?mode=ro");
    }

    /** A connection that leaves the WAL in place when it is the last to be closed, since it cannot write. */
    public Connection openGuard() throws SQLException {
        Connection guard = configured(baseConfig(), readOnly(url), true);
        try (Statement statement = guard.createStatement()) {
            // Before its first read it holds neither the WAL nor the lock that keeps others from checkpointing when
            // they close.
            statement.execute(READ_SCHEMA);
            return guard;
        } catch (SQLException e) {
            if (SqliteErrors.isOfPages(e)) {
                // It has read, if damaged pages; SQLite keeps both for the connection (pager_unlock in its pager.c).
                return guard;
            }
            closeAfter(e, guard);
            throw e;
        } catch (RuntimeException e) {
            closeAfter(e, guard);
            throw e;
        }
    }

    /** A connection that reads side by side with others. */
    public Connection openReader() throws SQLException {
        return verified(configured(storeConfig(), url, true));
    }

    /** The connection that writes; for a database in memory, the database itself. */
    public Connection openWriter() throws SQLException {
        return verified(configured(storeConfig(), url, false));
    }

    /** Connections for migrations: their transactions take the write lock when they begin, and wait for it. */
    public DataSource migrationDataSource() {
        SQLiteConfig config = storeConfig();
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setBusyTimeout(millis(settings.busyTimeout(), LONGEST_BUSY_TIMEOUT));
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return verified(configured(config, url, false));
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
    }

    /**
     * A connection that excludes all others, also those of this process, until it is closed. Fails at once when any
     * other has read the file: in WAL mode each keeps a shared lock until it is closed.
     */
    public Connection openExclusive() throws SQLException {
        SQLiteConfig config = baseConfig();
        // While it waited, it would keep a shared lock of its own, and two of its kind would exclude each other.
        config.setBusyTimeout(0);
        Connection connection = configured(config, url, false);
        try (Statement statement = connection.createStatement()) {
            // Before the file is read for the first time (https://sqlite.org/wal.html#noshm).
            statement.execute(LOCKING_MODE_EXCLUSIVE);
            statement.execute(BEGIN_EXCLUSIVE);
            statement.execute(COMMIT);
            storeConfig().apply(connection);
        } catch (SQLException | RuntimeException e) {
            closeAfter(e, connection);
            throw e;
        }
        return verified(connection);
    }

    private SQLiteConfig baseConfig() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(busySliceMillis());
        // Otherwise the driver runs another query after each insert.
        config.setGetGeneratedKeys(false);
        config.setPragma(Pragma.LIMIT_ATTACHED, "0");
        return config;
    }

    private SQLiteConfig storeConfig() {
        SQLiteConfig config = baseConfig();
        if (settings.file() != null && !settings.readOnly()) {
            config.setJournalMode(JournalMode.WAL);
        }
        config.setSynchronous(settings.durability() == Durability.FULL ? SynchronousMode.FULL : SynchronousMode.NORMAL);
        return config;
    }

    private int busySliceMillis() {
        return millis(settings.busyTimeout(), BUSY_SLICE);
    }

    private static int millis(Duration duration, Duration atMost) {
        return (int) (duration.compareTo(atMost) < 0 ? duration : atMost).toMillis();
    }

    private Connection configured(SQLiteConfig config, String url, boolean queryOnly) throws SQLException {
        Connection connection = config.createConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TRUSTED_SCHEMA_OFF);
            statement.execute(CELL_SIZE_CHECK_ON);
            statement.execute(WAL_AUTOCHECKPOINT_OFF);
            if (queryOnly) {
                statement.execute(QUERY_ONLY_ON);
            }
            require(statement, WAL_AUTOCHECKPOINT, "0");
            require(statement, TRUSTED_SCHEMA, "0");
            require(statement, CELL_SIZE_CHECK, "1");
            require(statement, QUERY_ONLY, queryOnly ? "1" : "0");
            require(statement, BUSY_TIMEOUT, Integer.toString(config.getBusyTimeout()));
            return connection;
        } catch (SQLException | RuntimeException e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    private Connection verified(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!settings.readOnly()) {
                require(statement, JOURNAL_MODE, settings.file() == null ? "memory" : "wal");
            }
            boolean full = settings.durability() == Durability.FULL;
            require(statement, SYNCHRONOUS, full ? "2" : "1");
            syncThroughTheDisksCache(statement, full);
            return connection;
        } catch (SQLException | RuntimeException e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    // On macOS fsync leaves data in the disk's cache; elsewhere both pragmas do nothing
    // (https://sqlite.org/pragma.html#pragma_fullfsync). Checkpoints need it too, to keep the order of writes.
    private void syncThroughTheDisksCache(Statement statement, boolean eachCommit) throws SQLException {
        statement.execute(CHECKPOINT_FULLFSYNC_ON);
        if (eachCommit) {
            statement.execute(FULLFSYNC_ON);
        }
        require(statement, CHECKPOINT_FULLFSYNC, "1");
        require(statement, FULLFSYNC, eachCommit ? "1" : "0");
    }

    private void require(Statement statement, String pragma, String expected) throws SQLException {
        try (ResultSet rows = statement.executeQuery(pragma)) {
            String found = rows.next() ? rows.getString(1) : "nothing";
            if (!expected.equals(found)) {
                throw new SQLException(
                        "%s of '%s' is %s where %s was asked for".formatted(pragma, settings.name(), found, expected));
            }
        }
    }

    private static void closeAfter(Exception failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
