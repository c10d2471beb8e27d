package dev.kvstore.commit;

import dev.kvstore.KvClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;

/** The commit queue with one flaw. Each flaw is a line that a change could lose. */
@NullUnmarked
final class PlantedQueue {

    enum Flaw {
        NONE,
        FORGETS_THE_NEXT_LEADER,
        HAS_TWO_LEADERS,
        CLOSES_WITHOUT_WAITING,
        FORGETS_LATECOMERS,
        ANSWERS_BEFORE_THE_COMMIT
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Deque<Write<?>> waiting = new ArrayDeque<>();
    private final Consumer<List<Write<?>>> operations;
    private final Runnable commit;
    private final Flaw flaw;
    private final Batch turn = new Batch(null, 0, null);
    private boolean led;
    private boolean closed;

    /** Creates a queue that runs the operations of a batch, then commits them. */
    PlantedQueue(Flaw flaw, Consumer<List<Write<?>>> operations, Runnable commit) {
        this.flaw = flaw;
        this.operations = operations;
        this.commit = commit;
    }

    <T> T commit(Write<T> write) {
        if (join(write) || write.awaitTurn() != null) {
            lead();
        }
        return write.outcome("test");
    }

    private boolean join(Write<?> write) {
        lock.lock();
        try {
            if (closed) {
                throw new KvClosedException("closed");
            }
            waiting.add(write);
            boolean first = !led;
            led = flaw != Flaw.HAS_TWO_LEADERS;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        List<Write<?>> batch = nextBatch();
        operations.accept(batch);
        if (flaw == Flaw.ANSWERS_BEFORE_THE_COMMIT) {
            batch.forEach(Write::settle);
            batch.forEach(Write::answer);
        }
        List<Write<?>> latecomers = nextBatch();
        operations.accept(latecomers);
        if (flaw != Flaw.FORGETS_LATECOMERS) {
            batch.addAll(latecomers);
        }
        commit.run();
        batch.forEach(Write::settle);
        handOver();
        batch.forEach(Write::answer);
    }

    private List<Write<?>> nextBatch() {
        lock.lock();
        try {
            List<Write<?>> batch = new ArrayList<>(waiting);
            waiting.clear();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void handOver() {
        lock.lock();
        try {
            Write<?> next = waiting.peek();
            if (next == null) {
                led = false;
                idle.signalAll();
            } else if (flaw != Flaw.FORGETS_THE_NEXT_LEADER) {
                next.lead(turn);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            while (led && flaw != Flaw.CLOSES_WITHOUT_WAITING) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
