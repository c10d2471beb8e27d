package dev.kvstore.sqlite.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Detects that another file has replaced the one that a read-only store has open, as a restore does: SQLite would
 * continue to read the old one. A deleted file has no successor, and stays readable. Thread-safe.
 */
public final class ReplacedFile {

    /** A check costs about a tenth of a read. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

    private final Path file;
    private final @Nullable Object fileKey;
    private final long lookInterval;
    private final AtomicLong lastLook = new AtomicLong(System.nanoTime());
    private volatile boolean replaced;

    private ReplacedFile(Path file, @Nullable Object fileKey, Duration lookInterval) {
        this.file = file;
        this.fileKey = fileKey;
        this.lookInterval = lookInterval.toNanos();
    }

    /** Watches a database that this process has open. */
    public static ReplacedFile of(Path file) throws IOException {
        return of(file, LOOK_INTERVAL);
    }

    public static ReplacedFile of(Path file, Duration lookInterval) throws IOException {
        return new ReplacedFile(file, keyOf(file), lookInterval);
    }

    /** Checks the file, by one thread at a time and not at each call. */
    public void requireNone() {
        long last = lastLook.get();
        long now = System.nanoTime();
        if (now - last >= lookInterval && lastLook.compareAndSet(last, now)) {
            replaced = isReplaced();
        }
        if (replaced) {
            throw new DataAccessResourceFailureException(
                    "Store '" + file + "': the file was replaced while this read-only store had"
                            + " the old one open. Close the store and open it again, or restart");
        }
    }

    // Keys are null on file systems without them; there an open file cannot be replaced.
    private boolean isReplaced() {
        try {
            return !Objects.equals(keyOf(file), fileKey);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new DataAccessResourceFailureException(
                    "Store '" + file + "': the attributes of the file cannot be read; its directory must be readable",
                    e);
        }
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
