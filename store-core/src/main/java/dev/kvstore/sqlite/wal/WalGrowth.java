package dev.kvstore.sqlite.wal;

import java.nio.file.Path;

/** Warns of a growing WAL: when it cannot be checkpointed nothing fails, until the disk is full. Not thread-safe. */
final class WalGrowth {

    /** Four times the size of a WAL that is checkpointed as it should be. */
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
     * Warns at the size of the first warning, and then at each doubling: the file of a WAL does not shrink by itself.
     * @param heldByOwnReads whether reads of this store keep the WAL from starting over; otherwise others do
     */
    void look(int pages, boolean heldByOwnReads) {
        long bytes = (long) pages * pageSize;
        if (bytes < nextWarning) {
            return;
        }
        log.warn("Store '%s': its WAL has grown to %d MB. %s; no entry is lost, but the disk fills up"
                .formatted(file, bytes >> 20, heldByOwnReads ? ownReads() : others()));
        while (nextWarning <= bytes) {
            nextWarning *= 2;
        }
    }

    private static String ownReads() {
        return "Long reads of this store itself overlap without a pause and keep the WAL in use: call getAll and render"
                + " of large groups less often, from fewer threads, or split the groups";
    }

    private static String others() {
        return "Another process or connection with an open read transaction, or a failing disk, blocks the checkpoint:"
                + " end that reader, or check the disk";
    }
}
