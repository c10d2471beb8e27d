package dev.kvstore.sqlite.file;

import dev.kvstore.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Notices that an open database, its write-ahead log (WAL) or the index of that (-shm) was deleted, moved or
 * replaced. SQLite does not: it would go on to acknowledge writes into a file that no longer has a name. Without the
 * -shm, through which processes see each other's locks, a second process would make one of its own, and both would
 * overwrite the same WAL.
 *
 * <p>Two looks at the file system cost little beside a sync; without syncs they are made at most ten times a second.
 * WAL and -shm are looked at only after their directory has changed: to look at a file that is written all the time
 * makes its next sync slower (by 40 % on Linux 6.18, which from then on must store a finer time of change). Not
 * thread-safe: it belongs to the writer.
 */
public final class FileIdentity {

    private static final long LOOK_INTERVAL_NANOS = 100_000_000;

    /** The steps in which FAT, the coarsest, counts the time of a change: two changes within one look alike. */
    private static final Duration COARSEST_TIMESTAMP = Duration.ofSeconds(2);

    private static final String WAL = "-wal";
    private static final String SHARED_MEMORY = "-shm";

    private final Path file;
    private final Path wal;
    private final Path sharedMemory;
    private final Path directory;
    private final @Nullable Object fileKey;
    private final boolean everyWrite;
    private final boolean exclusive;
    private @Nullable Companions companions;
    private long lastLook = System.nanoTime();
    private @Nullable Quiet quiet;

    /** The keys of the files beside the database. An exclusive store keeps the index in its own memory. */
    private record Companions(
            @Nullable Object walKey, @Nullable Object sharedMemoryKey) {}

    /** A directory that has not changed for so long that its next change will show in its time. */
    private record Quiet(@Nullable Object directoryKey, FileTime lastChange) {}

    private FileIdentity(Path file, boolean everyWrite, boolean exclusive) throws IOException {
        Path target = file.toRealPath();
        this.file = file;
        this.wal = walBeside(target);
        this.sharedMemory = target.resolveSibling(target.getFileName() + SHARED_MEMORY);
        this.directory = Objects.requireNonNull(wal.getParent());
        this.fileKey = key(file);
        this.everyWrite = everyWrite;
        this.exclusive = exclusive;
        this.companions = companions();
    }

    /** The identity of a database that this process has open, exclusively or not. */
    public static FileIdentity of(Path file, Durability durability, boolean exclusive) throws IOException {
        return new FileIdentity(file, durability == Durability.FULL, exclusive);
    }

    /** The write-ahead log of a database. It is beside the file that a symbolic link points to. */
    public static Path walOf(Path file) throws IOException {
        return walBeside(file.toRealPath());
    }

    /** The write-ahead log of a database that is no symbolic link. */
    public static Path walBeside(Path file) {
        return file.resolveSibling(file.getFileName() + WAL);
    }

    public void requireUnchanged() {
        long now = System.nanoTime();
        if (!everyWrite && now - lastLook < LOOK_INTERVAL_NANOS) {
            return;
        }
        try {
            if (!Objects.equals(key(file), fileKey)) {
                throw changed(null);
            }
            Companions expected = companions;
            if (expected != null) {
                requireCompanions(expected, attributes(directory));
            }
        } catch (IOException e) {
            throw changed(e);
        }
        lastLook = now;
    }

    private void requireCompanions(Companions expected, BasicFileAttributes parent) throws IOException {
        Quiet seen = new Quiet(parent.fileKey(), parent.lastModifiedTime());
        if (seen.equals(quiet)) {
            return;
        }
        quiet = null;
        if (!Objects.equals(key(wal), expected.walKey)) {
            throw changed(null);
        }
        if (!isSharedMemory(expected)) {
            throw sharedMemoryChanged();
        }
        long age = System.currentTimeMillis() - seen.lastChange().toMillis();
        if (age > COARSEST_TIMESTAMP.toMillis()) {
            quiet = seen;
        }
    }

    /**
     * Notes that this store has closed all its connections: whoever closed the last one of all processes has then
     * removed WAL and -shm, and the next one makes them anew.
     */
    public void connectionsClosed() {
        companions = null;
    }

    /** Notes that a connection is open again, and with it WAL and -shm. */
    public void connectionOpened() {
        if (companions != null) {
            return;
        }
        try {
            companions = companions();
            quiet = null;
        } catch (IOException e) {
            throw changed(e);
        }
    }

    /**
     * Whether the WAL that this store has open can be moved into the database. It must not be when another process
     * may have made files of its own: by an index that is out of date pages would be overwritten with others. A WAL
     * that was only deleted can, since no process has opened the file after that.
     */
    public boolean mayCheckpoint() {
        Companions expected = companions;
        try {
            if (!Files.exists(file) || !Objects.equals(key(file), fileKey)) {
                // No other process finds this database by its name, and no connection of ours could be opened to it.
                return true;
            }
            return expected == null
                    || (isSharedMemory(expected) && (!Files.exists(wal) || Objects.equals(key(wal), expected.walKey)));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isSharedMemory(Companions expected) throws IOException {
        return exclusive || (Files.exists(sharedMemory) && Objects.equals(key(sharedMemory), expected.sharedMemoryKey));
    }

    private Companions companions() throws IOException {
        return new Companions(key(wal), exclusive ? null : key(sharedMemory));
    }

    // Keys are null where the file system has none; there an open file cannot be deleted or replaced.
    private static @Nullable Object key(Path path) throws IOException {
        return attributes(path).fileKey();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    private DataAccessResourceFailureException changed(@Nullable IOException cause) {
        return new DataAccessResourceFailureException(
                "Store '" + file + "': the file, or its -wal, was deleted, moved or replaced while it was open; nothing"
                        + " more is written until it is back. Reads go on: save what you need before you restart",
                cause);
    }

    private DataAccessResourceFailureException sharedMemoryChanged() {
        return new DataAccessResourceFailureException("Store '" + file + "': its -shm was deleted, moved or replaced"
                + " while it was open, so that other processes do not see the locks of this one; nothing more is"
                + " written. Every acknowledged entry is in the file and its -wal: restart all programs that have the"
                + " file open, and SQLite makes the -shm anew. Reads go on until then, but are right only while no"
                + " other process writes");
    }
}
