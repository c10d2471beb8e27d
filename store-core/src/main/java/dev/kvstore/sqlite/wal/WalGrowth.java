package dev.kvstore.sqlite.wal;

import java.nio.file.Path;

/**
 * Warns of a write-ahead log that grows: nothing fails when it cannot be moved into the database, until the disk is full. Not
 * thread-safe.
 */
final class WalGrowth {

    /** Four times what a WAL holds that is moved as it should be. */
    static final long FIRST_WARNING_BYTES = 64L << 20;

    private final Path file;
    private final int pageSize;
    private final LeaderLog log;
    private long nextWarning = FIRST_WARNING_BYTES;

    WalGrowth(Path file, int pageSize, LeaderLog log) {
        this.file = file;
        this.pageSize = pageSize;
        this.log = log;
    }

    /**
     * Warns when the WAL has the size of the first warning, and then at each doubling: its file does not shrink by itself.
     *
     * @param heldByOwnReads whether reads of this store keep the WAL from starting over; others do when they do not
     */
    void look(int pages, boolean heldByOwnReads) {
        long bytes = (long) pages * pageSize;
        if (bytes < nextWarning) {
            return;
        }
        log.warn("Store '%s': its write-ahead log has grown to %d MB. %s; no entry is lost, but the disk fills up"
                .formatted(file, bytes >> 20, heldByOwnReads ? ownReads() : others()));
        while (nextWarning <= bytes) {
            nextWarning *= 2;
        }
    }

    private static String ownReads() {
        return "Long reads of this store itself overlap without a pause and keep the log in use: call getAll and render"
                + " of large groups less often, from fewer threads, or split the groups";
    }

    private static String others() {
        return "Another process or another connection that keeps a read transaction open, or a disk that fails, keeps the"
                + " log from being moved into the file: end that reader, or look at the disk";
    }
}
