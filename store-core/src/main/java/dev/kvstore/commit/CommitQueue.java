package dev.kvstore.commit;

import dev.kvstore.KvClosedException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Group commit by leader and followers. The first caller leads and commits its write at once; callers that arrive
 * during the commit wait, and the first of them commits all waiting writes in one transaction, with one sync. A write
 * that arrives before COMMIT joins the transaction; no leader waits for more writes. Callers are served in the order of
 * their arrival, and no thread commits for others for longer than one batch.
 *
 * <p><b>Lanes.</b> A lane is one leader at a time, on a connection of its own. An engine with one writer, such as
 * SQLite, has one lane; with several lanes as many batches are committed side by side.
 *
 * <p><b>Success is stated, never assumed.</b> Only {@link Batch#committed()}, after COMMIT has returned, marks writes
 * as done. A leader that fails before COMMIT, whatever the reason, returns the other writes to the queue, and each is
 * then run by its own thread: no caller gets an error that another thread ran into. A leader that fails in COMMIT
 * leaves an unknown outcome; its followers get an exception that says so, and no write is repeated.
 *
 * <p><b>Handing over cannot fail</b>, since it also happens when memory or stack has run out. So nothing here
 * allocates: the lists are linked through the writes, and each lane reuses its batch. The lock is a monitor, since
 * {@code ReentrantLock} allocates to wait and needs stack to be released; it is held for a few assignments, never while
 * something waits or runs. No lambda and no concatenation either: the first run of one links classes. All changes of
 * the lists happen few calls below {@link #lead}, for which {@link StackReserve} has reserved the stack.
 */
public final class CommitQueue {

    /** Commits batches; never called by two threads at once for one lane. */
    @FunctionalInterface
    public interface Committer {

        /** Commits a batch. A write that stays pending, also when this throws, was not executed, and waits on. */
        void commit(Batch batch);
    }

    private static final int MAX_WAITING = 16_384;

    private final Object lock = new Object();
    private final WriteList waiting = new WriteList();
    private final Batch[] lanes;
    private final String database;
    private final Committer committer;
    private final int capacity;
    private @Nullable Batch idle;
    private int busy;
    private boolean closed;

    /**
     * Creates a queue.
     *
     * @param database how messages name the database
     * @param lanes how many batches may be committed at once
     */
    public CommitQueue(String database, int lanes, Committer committer) {
        this(database, lanes, committer, MAX_WAITING);
    }

    CommitQueue(String database, int lanes, Committer committer, int capacity) {
        this.capacity = capacity;
        this.database = database;
        this.committer = committer;
        this.lanes = new Batch[lanes];
        for (int lane = lanes - 1; lane >= 0; lane--) {
            idle = new Batch(this, lane, idle);
            this.lanes[lane] = idle;
        }
    }

    /** Commits a write, and returns its result. */
    public <T extends @Nullable Object> T commit(Write<T> write) {
        requireNotLeading();
        StackReserve.require();
        Batch batch = join(write);
        if (batch == null) {
            batch = write.awaitTurn();
        }
        if (batch != null) {
            lead(batch, write);
        }
        return write.outcome(database);
    }

    /** Whether this thread is committing a batch. */
    public boolean isLedByThisThread() {
        Thread current = Thread.currentThread();
        for (Batch lane : lanes) {
            if (lane.leader == current) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses a thread that is committing a batch, for example in a log appender: whatever it waits for may wait for
     * its batch.
     *
     * @throws InvalidDataAccessApiUsageException when the thread is refused
     */
    public void requireNotLeading() {
        if (isLedByThisThread()) {
            throw new InvalidDataAccessApiUsageException("Store '" + database
                    + "': called by the thread that is committing for this store, from within a write or a log"
                    + " appender; it would wait for itself. Nothing was executed; call it from another thread, and"
                    + " do not wait for that one");
        }
    }

    /** Enlists a write. Returns the batch to lead; null when the write waits. */
    private @Nullable Batch join(Write<?> write) {
        synchronized (lock) {
            if (closed) {
                throw new KvClosedException("Store '" + database + "' is closed");
            }
            Batch free = idle;
            if (free != null) {
                idle = free.nextIdle;
                busy++;
                free.begin(write);
                return free;
            }
            if (waiting.size() >= capacity) {
                throw new TransientDataAccessResourceException("Store '" + database + "': the write queue is full ("
                        + capacity + " waiting); this write was not executed and can be retried");
            }
            waiting.add(write);
            return null;
        }
    }

    private void lead(Batch batch, Write<?> own) {
        try {
            synchronized (lock) {
                batch.leader = Thread.currentThread();
                batch.moveFrom(waiting);
            }
            committer.commit(batch);
        } catch (RuntimeException | Error e) {
            // A settled write stays settled, whatever failed afterwards.
            if (own.isPending()) {
                own.fail(e);
            }
        } finally {
            answer(handOver(batch));
        }
    }

    private @Nullable Write<?> handOver(Batch batch) {
        Write<?> answered;
        Write<?> next;
        synchronized (lock) {
            batch.leader = null;
            answered = batch.end();
            waiting.prepend(batch.returned());
            next = waiting.poll();
            if (next == null) {
                batch.nextIdle = idle;
                idle = batch;
                busy--;
                lock.notifyAll();
            } else {
                batch.begin(next);
            }
        }
        if (next != null) {
            next.lead(batch);
        }
        return answered;
    }

    // Only now that the next batch is under way.
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

    /** Returns how many writes wait for a batch. */
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** Refuses new writes, and waits until all enlisted writes are committed. */
    public void close() {
        requireNotLeading();
        boolean interrupted = false;
        synchronized (lock) {
            closed = true;
            while (busy > 0) {
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
