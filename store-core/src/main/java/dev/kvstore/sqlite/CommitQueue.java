package dev.kvstore.sqlite;

import dev.kvstore.KvClosedException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Group commit by leader and followers: the first caller leads and commits its write at once; those that come meanwhile
 * wait, and the first of them commits all that have gathered in one transaction, with one sync. A write that comes before
 * COMMIT joins the transaction; nobody waits for more to come. Callers are served in the order in which they came, and no
 * thread commits for others for longer than one batch.
 *
 * <p><b>Success is stated, never assumed.</b> Only {@link Batch#committed()}, after COMMIT has returned, marks writes as done.
 * A leader that fails before COMMIT, whatever the reason, returns the other writes to the queue, and each is then run by its
 * own thread: nobody gets an error that another thread ran into. A leader that fails in COMMIT leaves an outcome that nobody
 * knows; its followers are told so, and nothing is repeated.
 *
 * <p><b>Handing over cannot fail.</b> It happens when memory or stack has run out, too. So nothing here allocates: the lists
 * are linked through the writes, and the one batch is used again. The lock is a monitor, since {@code ReentrantLock} allocates
 * to wait and needs stack to be released; it is held for a few assignments, never while something waits or runs. Nothing here
 * is a lambda or a concatenation either, whose first run links classes. What changes the lists lies few calls below
 * {@link #lead}, for which {@link StackReserve} has made sure of the stack.
 */
final class CommitQueue {

    /** Commits batches; never called by two threads at once. */
    @FunctionalInterface
    interface Committer {

        /** Commits a batch. What it leaves pending, also by throwing, was not executed, and waits on. */
        void commit(Batch batch);
    }

    private static final int MAX_WAITING = 16_384;

    private final Object lock = new Object();
    private final WriteList waiting = new WriteList();
    private final Batch batch = new Batch(this);
    private final String database;
    private final Committer committer;
    private final int capacity;
    private boolean led;
    private boolean closed;
    // Each thread compares it with itself alone, and so sees what it wrote itself.
    private @Nullable Thread leader;

    CommitQueue(String database, Committer committer) {
        this(database, committer, MAX_WAITING);
    }

    CommitQueue(String database, Committer committer, int capacity) {
        this.capacity = capacity;
        this.database = database;
        this.committer = committer;
    }

    /** Returns the outcome of a write once it is committed. */
    <T extends @Nullable Object> T commit(Write<T> write) {
        requireNotLeading();
        StackReserve.require();
        if (join(write) || write.awaitTurn()) {
            lead(write);
        }
        return write.outcome(database);
    }

    boolean isLedByThisThread() {
        return leader == Thread.currentThread();
    }

    private void requireNotLeading() {
        if (isLedByThisThread()) {
            throw new InvalidDataAccessApiUsageException("Store '" + database
                    + "': called by the thread that is committing for this store, from within a write or a log appender;"
                    + " it would wait for itself. Nothing was executed; call it from another thread, and do not wait"
                    + " for that one");
        }
    }

    private boolean join(Write<?> write) {
        synchronized (lock) {
            if (closed) {
                throw new KvClosedException("Store '" + database + "' is closed");
            }
            if (waiting.size() >= capacity) {
                throw new TransientDataAccessResourceException("Store '" + database + "': the write queue is full ("
                        + capacity + " waiting); this write was not executed and can be retried");
            }
            waiting.add(write);
            boolean first = !led;
            led = true;
            return first;
        }
    }

    private void lead(Write<?> own) {
        try {
            synchronized (lock) {
                leader = Thread.currentThread();
                batch.begin(own, waiting);
            }
            committer.commit(batch);
        } catch (RuntimeException | Error e) {
            // What is done stays done, whatever went wrong afterwards.
            if (own.isPending()) {
                own.fail(e);
            }
        } finally {
            answer(handOver());
        }
    }

    private @Nullable Write<?> handOver() {
        Write<?> answered;
        Write<?> next;
        synchronized (lock) {
            leader = null;
            answered = batch.end();
            waiting.prepend(batch.returned());
            next = waiting.first();
            if (next == null) {
                led = false;
                lock.notifyAll();
            }
        }
        if (next != null) {
            next.lead();
        }
        return answered;
    }

    // After the next batch is under way.
    private static void answer(@Nullable Write<?> first) {
        Write<?> write = first;
        while (write != null) {
            Write<?> next = write.next;
            write.next = null;
            write.answer();
            write = next;
        }
    }

    @Nullable
    Write<?> addLatecomers(Batch batch) {
        synchronized (lock) {
            return batch.moveFrom(waiting);
        }
    }

    void endOverdue(Batch batch, BusyTimeout busyTimeout) {
        synchronized (lock) {
            batch.endOverdue(busyTimeout, waiting);
        }
    }

    /** Refuses new writes and waits until those that wait are committed. */
    void close() {
        requireNotLeading();
        boolean interrupted = false;
        synchronized (lock) {
            closed = true;
            while (led) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
