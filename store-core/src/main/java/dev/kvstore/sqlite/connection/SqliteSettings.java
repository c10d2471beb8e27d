package dev.kvstore.sqlite.connection;

import dev.kvstore.Durability;
import dev.kvstore.engine.SettingNames;
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
 * @param exclusive whether no other process may have the file open
 * @param checkpointPages how many pages of WAL are worth a checkpoint
 * @param clock decides which entries are live
 * @param names how messages name the settings
 */
public record SqliteSettings(
        @Nullable Path file,
        Durability durability,
        Duration busyTimeout,
        int readers,
        boolean readOnly,
        boolean exclusive,
        int checkpointPages,
        InstantSource clock,
        SettingNames names) {

    /**
     * How many pages of WAL are worth a checkpoint in an application, 16 MB: four times SQLite's default, as long as
     * the first block of the WAL's index covers all of them (4062, https://sqlite.org/walformat.html, 2.3). Fewer
     * checkpoints, each with a sync of its own, for the same writes.
     */
    public static final int CHECKPOINT_PAGES = 4_000;

    public SqliteSettings(
            @Nullable Path file,
            Durability durability,
            Duration busyTimeout,
            int readers,
            boolean readOnly,
            boolean exclusive) {
        this(
                file,
                durability,
                busyTimeout,
                readers,
                readOnly,
                exclusive,
                CHECKPOINT_PAGES,
                InstantSource.system(),
                SettingNames.OF_BUILDER);
    }

    /** What messages call the database. */
    public String name() {
        return file == null ? ":memory:" : file.toString();
    }

    public SqliteSettings withFile(Path located) {
        return new SqliteSettings(
                located, durability, busyTimeout, readers, readOnly, exclusive, checkpointPages, clock, names);
    }
}
