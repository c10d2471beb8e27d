package dev.kvstore.jdbc;

import dev.kvstore.engine.Names;
import dev.kvstore.engine.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A load that is under way. The thread that created it runs it; others wait for its end. */
final class Load {

    private static final ReentrantLock WAITS = new ReentrantLock();

    /** Which load each thread waits for, in all stores of the process, since loaders of two stores can form a ring. */
    private static final Map<Thread, Load> WAITING = new HashMap<>();

    private final EntryName name;
    private final Thread owner = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean computing;
    private @Nullable Value value;
    private @Nullable Throwable failure;

    Load(EntryName name) {
        this.name = name;
    }

    /** The loader starts or returns. */
    void setComputing(boolean computing) {
        this.computing = computing;
    }

    void succeed(Value result) {
        value = result;
    }

    void fail(Throwable cause) {
        failure = cause;
    }

    /** Wakes those who wait. */
    void end() {
        ended.countDown();
    }

    /**
     * Waits for the end, also if interrupted. Returns the value if the caller came while the loader ran; empty if it
     * came later, so that the value may have been deleted before the call.
     *
     * @throws IllegalStateException if this thread would wait for itself
     */
    Optional<Value> await() {
        boolean inTime = computing;
        beginToWait();
        try {
            awaitEnd();
        } finally {
            endToWait();
        }
        if (failure != null) {
            Load.<RuntimeException>rethrow(failure);
        }
        return inTime ? Optional.ofNullable(value) : Optional.empty();
    }

    private void beginToWait() {
        WAITS.lock();
        try {
            requireNoRing();
            WAITING.put(Thread.currentThread(), this);
        } finally {
            WAITS.unlock();
        }
    }

    private static void endToWait() {
        WAITS.lock();
        try {
            WAITING.remove(Thread.currentThread());
        } finally {
            WAITS.unlock();
        }
    }

    // A thread that still waits for a load that has ended is about to go on.
    private void requireNoRing() {
        for (Load next = this; next != null && next.ended.getCount() > 0; next = WAITING.get(next.owner)) {
            if (next.owner == Thread.currentThread()) {
                throw new IllegalStateException("Entry '" + Names.printable(name.group()) + "/"
                        + Names.printable(name.key()) + "': "
                        + (next == this
                                ? "its loader asks for the entry itself"
                                : "its loader waits for a loader that asks for it")
                        + "; it would wait for itself");
            }
        }
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // A loader of another language can throw checked exceptions.
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable failure) throws E {
        throw (E) failure;
    }
}
