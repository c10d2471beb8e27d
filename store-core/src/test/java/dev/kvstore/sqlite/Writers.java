package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.file.FileIdentity;
import dev.kvstore.sqlite.table.Versions;
import dev.kvstore.sqlite.wal.Checkpointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Creates writers on connections of a test. They have no readers; an open store beside them keeps the WAL in use. */
final class Writers {

    private Writers() {}

    static Writer on(Path file, StoreConnection connection, BusyTimeout busyTimeout, StoreConnection.Opener opener) {
        StoreConnection.Opener none = () -> {
            throw new SQLException("Not in this test");
        };
        Readers readers = new Readers(List.of(), none, busyTimeout);
        try {
            FileIdentity identity = FileIdentity.of(file, Durability.FULL, false);
            Checkpointer checkpointer = new Checkpointer(file, 4096, SqliteSettings.CHECKPOINT_PAGES, readers, none);
            return new Writer(
                    connection, busyTimeout, opener, identity, checkpointer, Versions.shared(), Durability.FULL, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
