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
 * Detects that an open database, its write-ahead log (WAL) or the WAL's index (-shm) was deleted, moved or replaced.
 * SQLite does not: it would continue to acknowledge writes into a file that no longer has a name. Without the -shm,
 * through which processes see each other's locks, a second process would create its own, and both would overwrite the
 * same WAL.
 *
 * <p>Two checks of the file system cost little beside a sync; without syncs, at most ten checks are made per second.
 * WAL and -shm are checked only after their directory has changed: reading the attributes of a file under constant
 * writing makes its next sync slower (by 40 % on Linux 6.18, which from then on must store a finer modification time).
 * Not thread-safe: belongs to the writer.
 */
public final class FileIdentity {

    private static final long LOOK_INTERVAL_NANOS = 100_000_000;

    /** The resolution of modification times on FAT, the coarsest: two changes within one step look alike. */
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

    /** The keys of the files beside the database. An exclusive store keeps the WAL's index in its own memory. */
    private record Companions(
            @Nullable Object walKey, @Nullable Object sharedMemoryKey) {}

    /** A directory unchanged for so long that its next change will show in its modification time. */
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

    /**
     * The identity of a database that this process has open.
     * @param exclusive whether no other process may have it open
     */
    public static FileIdentity of(Path file, Durability durability, boolean exclusive) throws IOException {
        return new FileIdentity(file, durability == Durability.FULL, exclusive);
    }

    /** The number of a file in its file system, which a copy of it does not have; 0 if the file system has none. */
    public static long number(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (long) Files.getAttribute(file, "unix:ino")
                : 0;
    }

    /** The WAL of a database, beside the file that a symbolic link points to. */
    public static Path walOf(Path file) throws IOException {
        return walBeside(file.toRealPath());
    }

    /** The WAL of a database whose path is not a symbolic link. */
    public static Path walBeside(Path file) {
        return file.resolveSibling(file.getFileName() + WAL);
    }

    /** Refuses to go on when any of the files has changed. */
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
     * Notes that this store has closed all its connections. Closing the last connection of all processes deletes WAL
     * and -shm; opening one creates them again.
     */
    public void connectionsClosed() {
        companions = null;
    }

    /** Notes that a connection is open again, and with it a WAL and a -shm. */
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
     * Whether the WAL of this store may be checkpointed. It must not be when another process may have created files of
     * its own: with an outdated index, pages would be overwritten with others. A WAL that was only deleted may be,
     * since no process has opened the file since.
     */
    public boolean mayCheckpoint() {
        Companions expected = companions;
        try {
            if (!Files.exists(file) || !Objects.equals(key(file), fileKey)) {
                // No other process can open this database by its name, and neither can we.
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

    // Keys are null on file systems without them; there an open file cannot be deleted or replaced.
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
