package dev.kvstore.commit;

import dev.kvstore.Durability;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.NoDialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.jdbc.core.JdbcOperations;

/** Threads that call a commit queue, and a committer for it that records batches and can hold the first one. */
@NullUnmarked
final class QueueCallers implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> executed = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstIsHeld = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private Future<String> first;

    /** The names of the writes in each recorded batch. */
    List<List<String>> batches() {
        return batches;
    }

    /** Returns the name of the write if the write got its own result. */
    String commit(CommitQueue queue, String name) {
        long result = queue.commit(new Write<>(new Change.DeleteGroup(name), new Recording(), Durability.FULL));
        return result == name.hashCode() ? name : "the result of another write";
    }

    private final class Recording extends NoDialect {

        @Override
        public long deleteGroup(JdbcOperations jdbc, String group) {
            executed.add(group);
            return group.hashCode();
        }
    }

    Future<String> submit(CommitQueue queue, String name) {
        return threads.submit(() -> commit(queue, name));
    }

    /** Submits the write 'first', and returns once it is held. */
    void submitFirst(CommitQueue queue) throws InterruptedException {
        first = submit(queue, "first");
        firstIsHeld.await();
    }

    Future<String> first() {
        return first;
    }

    /** Submits the writes 'other 0', 'other 1' and so on, each once the one before it waits. */
    List<Future<String>> submitInOrder(CommitQueue queue, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    AtomicReference<Thread> caller = new AtomicReference<>();
                    Future<String> future = threads.submit(() -> {
                        caller.set(Thread.currentThread());
                        return commit(queue, "other " + i);
                    });
                    await().until(() -> caller.get() != null);
                    awaitParked(caller.get());
                    return future;
                })
                .toList();
    }

    private static ConditionFactory await() {
        return Awaitility.with().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    static void awaitParked(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    /** Executes the writes of a batch, without a connection, and returns their names. */
    List<String> run(Batch batch) {
        executed.clear();
        for (Write<?> write = batch.first(); write != null; write = write.next) {
            write.run(null);
        }
        return List.copyOf(executed);
    }

    /** A committer that records each batch. */
    void record(Batch batch) {
        batches.add(run(batch));
        batch.committed();
    }

    /** A committer that records each batch, and holds the first one before its commit. */
    void recordAndHoldTheFirst(Batch batch) {
        batches.add(run(batch));
        if (firstIsHeld.getCount() > 0) {
            firstIsHeld.countDown();
            awaitRelease();
        }
        batch.committed();
    }

    void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the held batch commit. */
    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
        threads.shutdownNow();
    }
}
