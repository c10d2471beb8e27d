package dev.kvstore.sqlite.wal;

import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.StoreConnection;
import java.nio.file.Path;

/** Checkpointers for tests outside of this package. */
public final class Checkpointers {

    private Checkpointers() {}

    /** Checks the WAL after each commit, without a pause between two checks. */
    public static Checkpointer afterEachCommit(
            Path file, int interval, Readers readers, StoreConnection.Opener guards) {
        return new Checkpointer(file, 4_096, interval, readers, guards, new WalRestart(readers, interval), 0);
    }
}
