package dev.kvstore.sqlite;

import dev.kvstore.KvObserver;
import dev.kvstore.KvOpenException;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteErrors;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.file.FileIdentity;
import dev.kvstore.sqlite.file.OpenFailures;
import dev.kvstore.sqlite.file.OpenFile;
import dev.kvstore.sqlite.file.ReplacedFile;
import dev.kvstore.sqlite.file.StoreFile;
import dev.kvstore.sqlite.file.StorePath;
import dev.kvstore.sqlite.table.Schema;
import dev.kvstore.sqlite.table.SchemaMigration;
import dev.kvstore.sqlite.table.Versions;
import dev.kvstore.sqlite.wal.Checkpointer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Opens a database as a store: inspects it, migrates it, and opens the connections. A refused database is left
 * unchanged.
 */
final class SqliteOpening {

    private static final Log log = LogFactory.getLog(SqliteOpening.class);

    private static final boolean IS_WINDOWS = File.separatorChar == '\\';

    private static final long RETRY_PAUSE_NANOS = 20_000_000;

    private static final String PAGE_SIZE = "PRAGMA page_size";

    private final SqliteSettings settings;
    private final @Nullable KvObserver observer;
    private final SqliteConnections connections;
    private final BusyTimeout busyTimeout;
    private final List<StoreConnection> opened = new ArrayList<>();
    private @Nullable OpenFile openFile;

    private SqliteOpening(SqliteSettings settings, @Nullable KvObserver observer) {
        this.settings = settings;
        this.observer = observer;
        this.connections = new SqliteConnections(settings);
        this.busyTimeout = new BusyTimeout(settings.busyTimeout(), settings.name(), settings.names());
    }

    static SqliteEngine open(SqliteSettings settings) {
        return open(settings, null);
    }

    static SqliteEngine open(SqliteSettings settings, @Nullable KvObserver observer) {
        if (settings.file() != null) {
            // Before the path is made absolute: a relative one says more about what its author meant.
            StorePath.require(settings.file());
        }
        SqliteSettings located = settings.file() == null
                ? settings
                : settings.withFile(settings.file().toAbsolutePath());
        String version = SqliteVersion.require(located.name());
        if (located.file() != null) {
            if (located.exclusive() && IS_WINDOWS) {
                throw OpenFailures.cannotBeExclusive(located.file());
            }
            StoreFile.prepare(located.file(), located.readOnly());
        }
        SqliteEngine engine = new SqliteOpening(located, observer).openPatiently();
        log.info("Opened the store '%s' (SQLite %s, durability %s%s)"
                .formatted(located.name(), version, located.durability(), located.readOnly() ? ", read-only" : ""));
        return engine;
    }

    /** Several processes may create or migrate one file at once; waits for the lock that one of them holds. */
    private SqliteEngine openPatiently() {
        long busySince = Long.MIN_VALUE;
        while (true) {
            try {
                return openOnce();
            } catch (Exception | LinkageError e) {
                closeOpened();
                // Not since the start, which may take long: loading the classes is no waiting.
                busySince = busySince == Long.MIN_VALUE ? System.nanoTime() : busySince;
                if (!SqliteErrors.isBusy(e) || busyTimeout.hasPassedSince(busySince)) {
                    throw e instanceof KvOpenException refused ? refused : OpenErrors.translate(settings, e);
                }
                LockSupport.parkNanos(RETRY_PAUSE_NANOS);
            } catch (Error e) {
                closeOpened();
                throw e;
            }
        }
    }

    private SqliteEngine openOnce() throws SQLException, IOException {
        Path file = settings.file();
        return file == null ? openMemory() : openFile(file);
    }

    private SqliteEngine openFile(Path file) throws SQLException, IOException {
        OpenFile opened = OpenFile.open(file, settings.exclusive());
        this.openFile = opened;
        Schema schema = inspect(file);
        if (settings.readOnly()) {
            if (!schema.isCurrent()) {
                throw OpenFailures.outdated(file);
            }
            return new ReadOnlyEngine(settings, opened, openReaders(), ReplacedFile.of(file));
        }
        if (schema.isOlder()) {
            migrateExclusively(file);
        }
        // The first connection that writes switches the file to WAL mode, which a migration could not wait for.
        StoreConnection writer = openWriter();
        if (!schema.isCurrent() && !schema.isOlder()) {
            SchemaMigration.run(connections.migrationDataSource(), schema, settings.name());
        }
        Readers readers = openReaders();
        int pageSize = writer.call(SqliteOpening::pageSize);
        Checkpointer checkpointer =
                new Checkpointer(file, pageSize, settings.checkpointPages(), readers, this::openGuard);
        if (!schema.isCurrent()) {
            // A rebuilt table is in the WAL as a whole.
            checkpointer.empty(writer);
        }
        FileIdentity identity = FileIdentity.of(file, settings.durability(), settings.exclusive());
        StoreConnection.Opener reopening = () -> reopenWriter(readers, identity);
        Versions versions = Versions.shared();
        Writer queued = new Writer(
                writer, busyTimeout, reopening, identity, checkpointer, versions, settings.durability(), observer);
        return new FileEngine(
                file,
                opened,
                FileIdentity.number(file),
                queued,
                readers,
                settings.clock(),
                versions,
                !settings.exclusive());
    }

    /** A process of an older version that has the file open would go on writing, without versions. */
    private void migrateExclusively(Path file) throws SQLException {
        try (StoreConnection migrating = new StoreConnection(openExclusive(file), settings.name())) {
            // Again: another process may have migrated it since.
            Schema schema = migrating.call(Schema::read);
            schema.requireOpenable(file);
            if (!schema.isCurrent()) {
                SchemaMigration.run(migrating.connectionAsDataSource(), schema, settings.name());
            }
        }
    }

    private Connection openExclusive(Path file) throws SQLException {
        try {
            return connections.openExclusive();
        } catch (SQLException e) {
            if (SqliteErrors.isBusy(e)) {
                throw OpenFailures.olderVersionRuns(file, settings.names(), e);
            }
            throw e;
        }
    }

    private static int pageSize(JdbcOperations jdbc) {
        return Objects.requireNonNull(jdbc.queryForObject(PAGE_SIZE, Integer.class));
    }

    private SqliteEngine openMemory() throws SQLException {
        StoreConnection connection = openWriter();
        SchemaMigration.run(connection.connectionAsDataSource(), connection.call(Schema::read), settings.name());
        return new MemoryEngine(connection, settings.clock());
    }

    private Schema inspect(Path file) throws SQLException, IOException {
        try (StoreConnection inspector = new StoreConnection(connections.openInspector(), settings.name())) {
            Schema schema = inspector.call(Schema::read);
            schema.requireOpenable(file);
            return schema;
        }
    }

    private Readers openReaders() throws SQLException {
        List<StoreConnection> readers = new ArrayList<>();
        for (int i = 0; i < settings.readers(); i++) {
            readers.add(keep(openReader()));
        }
        return new Readers(readers, this::openReader, busyTimeout);
    }

    private StoreConnection openWriter() throws SQLException {
        return keep(new StoreConnection(connections.openWriter(), settings.name()));
    }

    private StoreConnection reopenWriter(Readers readers, FileIdentity identity) throws SQLException {
        readers.openThoseMissing();
        StoreConnection writer = new StoreConnection(connections.openWriter(), settings.name());
        try {
            identity.connectionOpened();
            return writer;
        } catch (DataAccessResourceFailureException e) {
            writer.close();
            throw e;
        }
    }

    private StoreConnection openReader() throws SQLException {
        return new StoreConnection(connections.openReader(), settings.name());
    }

    private StoreConnection openGuard() throws SQLException {
        return new StoreConnection(connections.openGuard(), settings.name());
    }

    private StoreConnection keep(StoreConnection connection) {
        opened.add(connection);
        return connection;
    }

    private void closeOpened() {
        opened.forEach(StoreConnection::close);
        opened.clear();
        if (openFile != null) {
            openFile.close();
            openFile = null;
        }
    }
}
