package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Notices that an open database, or its write-ahead log, was deleted, moved or replaced. SQLite does not: it would go on
 * to acknowledge writes into a file that no longer has a name.
 *
 * <p>Two looks at the file system cost little beside a sync; without syncs they are made at most ten times a second.
 * Not thread-safe: it belongs to the writer.
 */
final class FileIdentity {

    private static final long LOOK_INTERVAL_NANOS = 100_000_000;

    private final Path file;
    private final Path log;
    private final @Nullable Object fileKey;
    private final @Nullable Object logKey;
    private final boolean everyWrite;
    private long lastLook = System.nanoTime();

    private FileIdentity(Path file, boolean everyWrite) throws IOException {
        this.file = file;
        this.log = logOf(file);
        this.fileKey = key(file);
        this.logKey = key(log);
        this.everyWrite = everyWrite;
    }

    /** The identity of a database that this process has open. */
    static FileIdentity of(Path file, Durability durability) throws IOException {
        return new FileIdentity(file, durability == Durability.FULL);
    }

    /** The write-ahead log of a database. It is beside the file that a symbolic link points to. */
    static Path logOf(Path file) throws IOException {
        Path target = file.toRealPath();
        return target.resolveSibling(target.getFileName() + "-wal");
    }

    void requireUnchanged() {
        long now = System.nanoTime();
        if (!everyWrite && now - lastLook < LOOK_INTERVAL_NANOS) {
            return;
        }
        try {
            if (!Objects.equals(key(file), fileKey) || !Objects.equals(key(log), logKey)) {
                throw changed(null);
            }
        } catch (IOException e) {
            throw changed(e);
        }
        lastLook = now;
    }

    // Null where the file system has no such keys; there an open file cannot be deleted or replaced.
    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private DataAccessResourceFailureException changed(@Nullable IOException cause) {
        return new DataAccessResourceFailureException(
                "Store '" + file + "': the file, or its -wal, was deleted, moved or replaced while it was open; nothing"
                        + " more is written until it is back. Reads go on: save what you need before you restart",
                cause);
    }
}
