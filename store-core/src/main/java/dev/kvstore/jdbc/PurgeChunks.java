package dev.kvstore.jdbc;

import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * Decides how many rows each transaction of a purge removes. All writers wait for the transaction, and a row can take a
 * hundred bytes or 16 MB.
 */
final class PurgeChunks {

    private static final int FIRST = 16;
    private static final int LARGEST = 500;

    /**
     * A chunk that takes longer is followed by one of half the size, one that takes less than half of this by a double
     * one.
     */
    private static final long LONG_NANOS = 20_000_000;

    private final LongSupplier nanoTime;

    PurgeChunks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Removes chunks until no expired row is left.
     *
     * @param removeAtMost removes up to this number of rows, and returns how many it removed
     * @return the number of removed rows
     */
    long remove(IntUnaryOperator removeAtMost) {
        long removed = 0;
        int chunk = FIRST;
        while (true) {
            long start = nanoTime.getAsLong();
            int count = removeAtMost.applyAsInt(chunk);
            removed += count;
            if (count < chunk) {
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
