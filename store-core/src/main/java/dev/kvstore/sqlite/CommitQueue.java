package dev.kvstore.sqlite;

import dev.kvstore.KvClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Group commit by leader and followers: the first caller leads and commits its operation at once; those who come meanwhile
 * wait, and the first of them commits all that have gathered in one transaction, with one sync. Who comes while that
 * transaction is not yet being committed joins it; nobody waits for more to come. Callers are served in the
 * order in which they came, and no thread commits for others for longer than one batch.
 */
final class CommitQueue {

    /** Commits batches; never called by two threads at once. */
    @FunctionalInterface
    interface Committer {

        /**
         * Commits a batch, and gives every operation its outcome but those that it returns, which have to wait on.
         *
         * @param latecomers adds those to the batch that have come meanwhile, and returns them; empty when there are none
         */
        List<Write<?>> commit(List<Write<?>> batch, Supplier<List<Write<?>>> latecomers);
    }

    private static final int MAX_BATCH = 256;
    private static final int MAX_WAITING = 16_384;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Deque<Write<?>> waiting = new ArrayDeque<>();
    private final String database;
    private final Committer committer;
    private final int capacity;
    private boolean led;
    private boolean closed;

    CommitQueue(String database, Committer committer) {
        this(database, committer, MAX_WAITING);
    }

    CommitQueue(String database, Committer committer, int capacity) {
        this.capacity = capacity;
        this.database = database;
        this.committer = committer;
    }

    /** Returns the outcome of an operation once it is committed. */
    <T extends @Nullable Object> T commit(Write<T> write) {
        StackReserve.require();
        if (join(write) || write.awaitTurn()) {
            lead(write);
        }
        return write.outcome();
    }

    private boolean join(Write<?> write) {
        lock.lock();
        try {
            if (closed) {
                throw new KvClosedException("Store '" + database + "' is closed");
            }
            if (waiting.size() >= capacity) {
                throw new TransientDataAccessResourceException("Store '" + database + "': " + capacity
                        + " operations wait to be written already; this one had no effect and can be tried again");
            }
            waiting.add(write);
            boolean first = !led;
            led = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void lead(Write<?> own) {
        List<Write<?>> batch = nextBatch(own);
        List<Write<?>> unfinished = List.of();
        try {
            unfinished = committer.commit(batch, () -> latecomers(batch));
        } catch (Throwable e) {
            batch.forEach(write -> write.fail(e));
        } finally {
            handOver(unfinished);
            // Only now, so that the next batch is under way while this thread wakes up the callers of the last one.
            batch.removeAll(unfinished);
            batch.forEach(Write::answer);
        }
    }

    private List<Write<?>> nextBatch(Write<?> own) {
        lock.lock();
        try {
            List<Write<?>> batch = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH));
            moveWaitingTo(batch);
            return batch;
        } catch (Throwable e) {
            // Out of memory before anything was taken: the others must not wait for a leader that is gone.
            waiting.remove(own);
            handOver(List.of());
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private List<Write<?>> latecomers(List<Write<?>> batch) {
        int size = batch.size();
        lock.lock();
        try {
            moveWaitingTo(batch);
        } finally {
            lock.unlock();
        }
        return batch.subList(size, batch.size());
    }

    // Taken from the queue only when it is in the batch, so that nothing is lost for want of memory.
    private void moveWaitingTo(List<Write<?>> batch) {
        Write<?> next = waiting.peek();
        while (next != null && batch.size() < MAX_BATCH) {
            batch.add(next);
            waiting.remove();
            next = waiting.peek();
        }
    }

    private void handOver(List<Write<?>> unfinished) {
        lock.lock();
        try {
            for (int i = unfinished.size() - 1; i >= 0; i--) {
                waiting.addFirst(unfinished.get(i));
            }
            Write<?> next = waiting.peek();
            if (next != null) {
                next.lead();
            } else {
                led = false;
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses new operations and waits until those that wait are committed. */
    void close() {
        lock.lock();
        try {
            closed = true;
            while (led) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
