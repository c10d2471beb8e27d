package dev.kvstore.sqlite;

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
 * Notices that an open database, or its write-ahead log, was deleted, moved or replaced. SQLite does not: it would go on
 * to acknowledge writes into a file that no longer has a name.
 *
 * <p>Two looks at the file system cost little beside a sync; without syncs they are made at most ten times a second. The
 * log itself is looked at only after its directory has changed: to look at a file that is written all the time makes its
 * next sync slower (by 40 % on Linux 6.18, which from then on must store a finer time of change). Not thread-safe: it belongs to the writer.
 */
final class FileIdentity {

    private static final long LOOK_INTERVAL_NANOS = 100_000_000;

    /** The steps in which FAT, the coarsest, counts the time of a change: two changes within one look alike. */
    private static final Duration COARSEST_TIMESTAMP = Duration.ofSeconds(2);

    private final Path file;
    private final Path log;
    private final Path directory;
    private final @Nullable Object fileKey;
    private final @Nullable Object logKey;
    private final boolean everyWrite;
    private long lastLook = System.nanoTime();
    private @Nullable Quiet quiet;

    /** A directory that has not changed for so long that its next change will show in its time. */
    private record Quiet(@Nullable Object directoryKey, FileTime lastChange) {}

    private FileIdentity(Path file, boolean everyWrite) throws IOException {
        this.file = file;
        this.log = logOf(file);
        this.directory = Objects.requireNonNull(log.getParent());
        this.fileKey = attributes(file).fileKey();
        this.logKey = attributes(log).fileKey();
        this.everyWrite = everyWrite;
    }

    /** The identity of a database that this process has open. */
    static FileIdentity of(Path file, Durability durability) throws IOException {
        return new FileIdentity(file, durability == Durability.FULL);
    }

    /** The write-ahead log of a database. It is beside the file that a symbolic link points to. */
    static Path logOf(Path file) throws IOException {
        return logBeside(file.toRealPath());
    }

    /** The write-ahead log of a database that is no symbolic link. */
    static Path logBeside(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    void requireUnchanged() {
        long now = System.nanoTime();
        if (!everyWrite && now - lastLook < LOOK_INTERVAL_NANOS) {
            return;
        }
        try {
            if (!Objects.equals(attributes(file).fileKey(), fileKey)) {
                throw changed(null);
            }
            requireLogUnchanged(attributes(directory));
        } catch (IOException e) {
            throw changed(e);
        }
        lastLook = now;
    }

    private void requireLogUnchanged(BasicFileAttributes parent) throws IOException {
        Quiet seen = new Quiet(parent.fileKey(), parent.lastModifiedTime());
        if (seen.equals(quiet)) {
            return;
        }
        quiet = null;
        if (!Objects.equals(attributes(log).fileKey(), logKey)) {
            throw changed(null);
        }
        long age = System.currentTimeMillis() - seen.lastChange().toMillis();
        if (age > COARSEST_TIMESTAMP.toMillis()) {
            quiet = seen;
        }
    }

    // Keys are null where the file system has none; there an open file cannot be deleted or replaced.
    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    private DataAccessResourceFailureException changed(@Nullable IOException cause) {
        return new DataAccessResourceFailureException(
                "Store '" + file + "': the file, or its -wal, was deleted, moved or replaced while it was open; nothing"
                        + " more is written until it is back. Reads go on: save what you need before you restart",
                cause);
    }
}
