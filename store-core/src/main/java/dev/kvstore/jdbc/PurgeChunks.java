package dev.kvstore.jdbc;

import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/** How many rows each transaction of a purge removes: every writer waits for it, and rows may be of a hundred bytes or of 16 MB. */
final class PurgeChunks {

    private static final int FIRST = 16;
    private static final int LARGEST = 500;

    /** After more than this a chunk is halved, after less than half of it doubled. */
    private static final long LONG_NANOS = 20_000_000;

    private final LongSupplier nanoTime;

    PurgeChunks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Removes chunks until nothing is left.
     *
     * @param removeAtMost removes up to a number of rows, and returns how many it has removed
     * @return how many were removed
     */
    long remove(IntUnaryOperator removeAtMost) {
        long removed = 0;
        int chunk = FIRST;
        while (true) {
            long start = nanoTime.getAsLong();
            int now = removeAtMost.applyAsInt(chunk);
            removed += now;
            if (now < chunk) {
                return removed;
            }
            chunk = next(chunk, nanoTime.getAsLong() - start);
        }
    }

    private static int next(int chunk, long nanos) {
        if (nanos > LONG_NANOS) {
            return Math.max(1, chunk / 2);
        }
        return nanos < LONG_NANOS / 2 ? Math.min(LARGEST, chunk * 2) : chunk;
    }
}
