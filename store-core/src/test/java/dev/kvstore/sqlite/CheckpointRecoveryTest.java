package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.file.FileIdentity;
import dev.kvstore.sqlite.file.StoreFile;
import dev.kvstore.sqlite.table.Versions;
import dev.kvstore.sqlite.wal.Checkpointer;
import dev.kvstore.sqlite.wal.Checkpointers;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** After a failed checkpoint the store closes all its connections for a moment and reopens them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no file keys")
class CheckpointRecoveryTest {

    private static final int INTERVAL = 400;
    private static final String INSERT = "INSERT INTO t VALUES (zeroblob(1000000))";

    @TempDir
    Path directory;

    /** Another process that opens and closes the file in that moment deletes the WAL and creates a new one. */
    @Test
    void writesGoToAWalThatAnotherProcessCreatedInThatMoment() throws Exception {
        Path file = directory.resolve("t.db");
        StoreFile.prepare(file, false);
        SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofSeconds(5), 1, false, false);
        SqliteConnections connections = new SqliteConnections(settings);
        BusyTimeout busyTimeout = new BusyTimeout(settings.busyTimeout(), settings.name());
        StoreConnection.Opener reader = () -> new StoreConnection(connections.openReader(), settings.name());
        StoreConnection.Opener guard = () -> new StoreConnection(
                writingFromAnotherConnectionWhenClosed(connections.openGuard(), file), settings.name());
        StoreConnection first = new StoreConnection(connections.openWriter(), settings.name());
        first.run(jdbc -> jdbc.execute("CREATE TABLE t (x)"));
        Readers readers = new Readers(List.of(reader.open()), reader, busyTimeout);
        Checkpointer checkpointer = Checkpointers.afterEachCommit(file, INTERVAL, readers, guard);
        FileIdentity identity = FileIdentity.of(file, Durability.FULL, false);
        @Nullable Object walBefore = fileKey(FileIdentity.walOf(file));
        // A hard link keeps the inode in use: otherwise the new WAL might get the same one.
        Files.createLink(directory.resolve("old-wal"), FileIdentity.walOf(file));

        checkpointPartlyAndFail(checkpointer, first, connections, file);
        try (Writer writer = new Writer(
                first,
                busyTimeout,
                () -> reopen(connections, identity),
                identity,
                checkpointer,
                Versions.shared(),
                Durability.FULL,
                null)) {
            Scripted.write(writer, jdbc -> jdbc.update(INSERT));
            assertThat(fileKey(FileIdentity.walOf(file)))
                    .as("the key of a new WAL")
                    .isNotEqualTo(walBefore);

            Scripted.write(writer, jdbc -> jdbc.update(INSERT));
            assertThat(readers.<List<Long>>read(jdbc -> jdbc.queryForList("SELECT count(*) FROM t", Long.class)))
                    .containsExactly(6L);
            readers.close();
        }
    }

    private static void checkpointPartlyAndFail(
            Checkpointer checkpointer, StoreConnection writer, SqliteConnections connections, Path file)
            throws SQLException {
        writer.run(jdbc -> jdbc.update(INSERT));
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("BEGIN").query("SELECT count(*) FROM t");
            writer.run(jdbc -> jdbc.update(INSERT));
            writer.run(jdbc -> jdbc.update(INSERT));
            checkpointer.afterCommit(writer);
        }
        try (StoreConnection failing = new StoreConnection(connections.openGuard(), file.toString())) {
            checkpointer.empty(failing);
        }
    }

    private static StoreConnection reopen(SqliteConnections connections, FileIdentity identity) throws SQLException {
        StoreConnection writer = new StoreConnection(connections.openWriter(), "t.db");
        identity.connectionOpened();
        return writer;
    }

    private static Connection writingFromAnotherConnectionWhenClosed(Connection guard, Path file) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(guard, arguments);
                    if (method.getName().equals("close")) {
                        Foreign.open(file).execute("INSERT INTO t VALUES (1)").close();
                    }
                    return result;
                });
    }

    private static @Nullable Object fileKey(Path file) throws Exception {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
