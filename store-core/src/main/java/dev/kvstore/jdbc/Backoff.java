package dev.kvstore.jdbc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Pauses between tries that fail: 0.1 seconds, then twice as long each time, up to half a minute. */
final class Backoff {

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private long next = FIRST_NANOS;

    /** Whether there was no failure since the last success. */
    boolean isFirst() {
        return next == FIRST_NANOS;
    }

    void reset() {
        next = FIRST_NANOS;
    }

    /** Pauses; who ends the pause makes the condition true and unparks the thread. */
    void pause(BooleanSupplier isOver) {
        long end = System.nanoTime() + next;
        next = Math.min(2 * next, LONGEST_NANOS);
        long left = end - System.nanoTime();
        while (left > 0 && !isOver.getAsBoolean()) {
            LockSupport.parkNanos(this, left);
            Thread.interrupted();
            left = end - System.nanoTime();
        }
    }
}
