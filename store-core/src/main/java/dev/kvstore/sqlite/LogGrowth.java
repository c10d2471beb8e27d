package dev.kvstore.sqlite;

import java.nio.file.Path;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells of a write-ahead log that grows: nothing fails when it cannot be moved into the database, until the disk is full. Not
 * thread-safe.
 */
final class LogGrowth {

    /** Four times what a log holds that is moved as it should be. */
    static final long FIRST_WARNING_BYTES = 64L << 20;

    private static final Log log = LogFactory.getLog(LogGrowth.class);

    private final Path file;
    private final int pageSize;
    private long nextWarning = FIRST_WARNING_BYTES;

    LogGrowth(Path file, int pageSize) {
        this.file = file;
        this.pageSize = pageSize;
    }

    /** Warns when the log has the size of the first warning, and then at each doubling: a log does not shrink by itself. */
    void look(int pages) {
        long bytes = (long) pages * pageSize;
        if (bytes < nextWarning) {
            return;
        }
        log.warn(
                "Store '%s': its write-ahead log has grown to %d MB. A program that keeps a read transaction open, or a disk"
                                .formatted(file, bytes >> 20)
                        + " that fails, keeps it from being moved into the file; no entry is lost, but the disk fills up."
                        + " End what reads, or restart");
        while (nextWarning <= bytes) {
            nextWarning *= 2;
        }
    }
}
