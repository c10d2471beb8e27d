package dev.kvstore.jdbc;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes one thread that waits for changes; any thread may signal, at the cost of two volatile reads. */
final class ChangeSignal {

    private volatile boolean signalled;
    private volatile @Nullable Thread waiting;

    void signal() {
        if (!signalled) {
            signalled = true;
            LockSupport.unpark(waiting);
        }
    }

    /** Forgets the signals so far. Call before the read that sees what they are about. */
    void clear() {
        signalled = false;
    }

    /** Waits for a signal since the last {@link #clear}, or the end of a time. */
    void await(long nanos) {
        waiting = Thread.currentThread();
        // The order of both threads, each of which writes before it reads, is what makes sure that no signal is lost.
        if (!signalled) {
            LockSupport.parkNanos(this, nanos);
        }
        waiting = null;
    }
}
