package dev.kvstore.sqlite.wal;

import dev.kvstore.sqlite.connection.Readers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a moment for the WAL to start over, where overlapping reads of the store never leave one.
 *
 * <p>A checkpoint reaches the end of the WAL when no read is older than the last commit, and the next write starts the
 * WAL over when no read uses it any more (https://sqlite.org/wal.html, 6, "Avoiding Excessively Large WAL Files").
 * Between two commits both need nothing but time: a read that begins in the pause sees the last commit, and one that
 * begins after the checkpoint reads the database alone. So the writer waits, for at most two or three times the longest
 * read, and no read ever does.
 *
 * <p>A pause comes only after the WAL has doubled since the last, and its length is bounded by the size of the WAL:
 * whatever the reads do, writers wait for no more than {@code 2 * WAIT_PER_INTERVAL} for each interval of WAL that they
 * write. Not thread-safe: belongs to the writer.
 */
final class WalRestart {

    /** With the usual interval a pause of 100 ms at 32 MB, of 200 ms at 64 MB. */
    static final Duration WAIT_PER_INTERVAL = Duration.ofMillis(50);

    /** A write may take that long on a busy disk; the default busy timeout is ten times as long. */
    static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** A WAL of one interval is about to start over by itself. */
    private static final int FIRST_INTERVALS = 2;

    /**
     * SQLite has four slots for the ages of reads, and a read that finds all of them taken uses the youngest
     * (https://sqlite.org/walformat.html, 2.3.1): it holds the WAL as if it were older than it is. Once the earlier
     * reads have ended, the next ones find a slot.
     */
    private static final int ROUNDS = 2;

    private final Readers readers;
    private final int interval;
    private final Duration waitPerInterval;
    private final Duration longestWait;
    private long dueAt;
    private boolean heldByOwnReads;

    WalRestart(Readers readers, int interval) {
        this(readers, interval, WAIT_PER_INTERVAL, LONGEST_WAIT);
    }

    WalRestart(Readers readers, int interval, Duration waitPerInterval, Duration longestWait) {
        this.readers = readers;
        this.interval = interval;
        this.waitPerInterval = waitPerInterval;
        this.longestWait = longestWait;
        startedOver();
    }

    /** Notes that the WAL has started over. */
    void startedOver() {
        dueAt = (long) FIRST_INTERVALS * interval;
        heldByOwnReads = false;
    }

    boolean isDue(int pages) {
        return pages >= dueAt;
    }

    /** Whether the reads of this store outlasted the last pause. */
    boolean isHeldByOwnReads() {
        return heldByOwnReads;
    }

    /**
     * Pauses between two commits, and checkpoints all of the WAL in the pause.
     * @param checkpoint returns the extent afterwards, null when it failed
     * @return whether the checkpoint succeeded
     */
    boolean attempt(int pages, Supplier<@Nullable WalExtent> checkpoint) {
        dueAt = 2L * pages;
        heldByOwnReads = false;
        long deadline = System.nanoTime() + wait(pages).toNanos();
        for (int round = 0; round < ROUNDS && !heldByOwnReads; round++) {
            heldByOwnReads = !readers.awaitThoseUnderWay(deadline);
            WalExtent left = checkpoint.get();
            if (left == null) {
                return false;
            }
            if (left.isMoved()) {
                heldByOwnReads = !readers.awaitThoseUnderWay(deadline);
                return true;
            }
        }
        return true;
    }

    private Duration wait(int pages) {
        Duration wait = waitPerInterval.multipliedBy(pages / interval);
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
