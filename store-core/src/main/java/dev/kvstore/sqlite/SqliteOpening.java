package dev.kvstore.sqlite;

import dev.kvstore.KvOpenException;
import dev.kvstore.commit.BusyTimeout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Opens a database as a store: looks at what is there, migrates it, and opens the connections. What is refused is refused
 * before anything was changed.
 */
final class SqliteOpening {

    private static final Log log = LogFactory.getLog(SqliteOpening.class);

    private static final boolean IS_WINDOWS = File.separatorChar == '\\';

    private static final long RETRY_PAUSE_NANOS = 20_000_000;

    private final SqliteSettings settings;
    private final SqliteConnections connections;
    private final BusyTimeout busyTimeout;
    private final List<Session> opened = new ArrayList<>();
    private @Nullable OpenFile openFile;

    private SqliteOpening(SqliteSettings settings) {
        this.settings = settings;
        this.connections = new SqliteConnections(settings);
        this.busyTimeout = new BusyTimeout(settings.busyTimeout(), settings.name());
    }

    static SqliteEngine open(SqliteSettings settings) {
        if (settings.file() != null) {
            // Before it is made absolute: a relative path tells more of what its writer meant.
            StorePath.require(settings.file());
        }
        SqliteSettings located = settings.file() == null
                ? settings
                : settings.withFile(settings.file().toAbsolutePath());
        String version = SqliteVersion.require(located.name());
        if (located.file() != null) {
            if (located.alone() && IS_WINDOWS) {
                throw OpenFailures.cannotBeAlone(located.file());
            }
            StoreFile.prepare(located.file(), located.readOnly());
        }
        SqliteEngine engine = new SqliteOpening(located).openPatiently();
        log.info("Opened the store '%s' (SQLite %s, durability %s%s)"
                .formatted(located.name(), version, located.durability(), located.readOnly() ? ", read-only" : ""));
        return engine;
    }

    /** Several processes may start on one new file; the lock that one of them holds is waited for. */
    private SqliteEngine openPatiently() {
        long start = System.nanoTime();
        while (true) {
            try {
                return openOnce();
            } catch (Exception | LinkageError e) {
                closeOpened();
                if (e instanceof KvOpenException refused) {
                    throw refused;
                }
                if (!SqliteErrors.isBusy(e) || busyTimeout.hasPassedSince(start)) {
                    throw OpenFailures.from(settings.name(), settings.file(), e);
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
        OpenFile opened = OpenFile.open(file, settings.alone());
        this.openFile = opened;
        Schema schema = inspect(file);
        if (settings.readOnly()) {
            if (!schema.isCurrent()) {
                throw OpenFailures.outdated(file);
            }
            return new ReadOnlyEngine(opened, settings.name(), openReaders(), ReplacedFile.of(file), settings.clock());
        }
        // The first connection that writes switches the file to WAL mode, which a migration could not wait for.
        Session writer = openWriter();
        if (!schema.isCurrent()) {
            SchemaMigration.run(connections.migrationDataSource(), schema, settings.name());
        }
        Readers readers = openReaders();
        int pageSize = writer.call(SqliteSql::pageSize);
        Checkpointer checkpointer =
                new Checkpointer(file, pageSize, settings.checkpointPages(), readers, this::openGuard);
        if (!schema.isCurrent()) {
            // A rebuilt table is in the log as a whole.
            checkpointer.empty(writer);
        }
        FileIdentity identity = FileIdentity.of(file, settings.durability(), settings.alone());
        Session.Opener reopening = () -> reopenWriter(readers, identity);
        return new FileEngine(
                opened, new Writer(writer, busyTimeout, reopening, identity, checkpointer), readers, settings.clock());
    }

    private SqliteEngine openMemory() throws SQLException {
        Session session = openWriter();
        SchemaMigration.run(session.connectionAsDataSource(), session.call(Schema::read), settings.name());
        return new MemoryEngine(session, settings.clock());
    }

    private Schema inspect(Path file) throws SQLException, IOException {
        try (Session inspector = new Session(connections.openInspector(), settings.name())) {
            Schema schema = inspector.call(Schema::read);
            schema.requireOpenable(file);
            return schema;
        }
    }

    private Readers openReaders() throws SQLException {
        List<Session> readers = new ArrayList<>();
        for (int i = 0; i < settings.readers(); i++) {
            readers.add(keep(openReader()));
        }
        return new Readers(readers, this::openReader, busyTimeout);
    }

    private Session openWriter() throws SQLException {
        return keep(new Session(connections.openWriter(), settings.name()));
    }

    private Session reopenWriter(Readers readers, FileIdentity identity) throws SQLException {
        readers.openThoseMissing();
        Session writer = new Session(connections.openWriter(), settings.name());
        try {
            identity.connectionOpened();
            return writer;
        } catch (DataAccessResourceFailureException e) {
            writer.close();
            throw e;
        }
    }

    private Session openReader() throws SQLException {
        return new Session(connections.openReader(), settings.name());
    }

    private Session openGuard() throws SQLException {
        return new Session(connections.openGuard(), settings.name());
    }

    private Session keep(Session session) {
        opened.add(session);
        return session;
    }

    private void closeOpened() {
        opened.forEach(Session::close);
        opened.clear();
        if (openFile != null) {
            openFile.close();
            openFile = null;
        }
    }
}
