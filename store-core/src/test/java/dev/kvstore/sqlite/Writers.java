package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Writers on connections that a test has made; readers keep the log in place elsewhere. */
final class Writers {

    private Writers() {}

    static Writer on(Path file, Session session, BusyTimeout busyTimeout, Session.Opener opener) {
        Session.Opener none = () -> {
            throw new SQLException("Not in this test");
        };
        Readers readers = new Readers(List.of(), none, busyTimeout);
        try {
            FileIdentity identity = FileIdentity.of(file, Durability.FULL, false);
            Checkpointer checkpointer = new Checkpointer(file, 4096, Checkpointer.INTERVAL, readers, none);
            return new Writer(session, busyTimeout, opener, identity, checkpointer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
