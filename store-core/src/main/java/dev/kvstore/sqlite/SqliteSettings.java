package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How the engine opens its database.
 *
 * @param file the database, null for one in memory
 * @param durability what a write survives
 * @param busyTimeout how long an operation waits for another process
 * @param readers how many connections read side by side
 * @param readOnly whether the store refuses writes, migration included
 * @param alone whether nobody else may have the file open
 * @param checkpointPages how many pages of WAL are worth a checkpoint
 * @param clock decides which entries are live
 */
record SqliteSettings(
        @Nullable Path file,
        Durability durability,
        Duration busyTimeout,
        int readers,
        boolean readOnly,
        boolean alone,
        int checkpointPages,
        InstantSource clock) {

    SqliteSettings(
            @Nullable Path file,
            Durability durability,
            Duration busyTimeout,
            int readers,
            boolean readOnly,
            boolean alone) {
        this(file, durability, busyTimeout, readers, readOnly, alone, Checkpointer.INTERVAL, InstantSource.system());
    }

    /** What messages call the database. */
    String name() {
        return file == null ? ":memory:" : file.toString();
    }

    SqliteSettings withFile(Path located) {
        return new SqliteSettings(located, durability, busyTimeout, readers, readOnly, alone, checkpointPages, clock);
    }
}
