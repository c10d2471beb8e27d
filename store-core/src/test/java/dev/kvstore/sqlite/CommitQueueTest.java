package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessException;

/** Callers that come while a batch is committed make up the next one, in their order, and none is answered too early. */
@NullUnmarked
class CommitQueueTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private Future<String> first;

    @AfterEach
    void stop() {
        firstMayEnd.countDown();
        callers.shutdownNow();
    }

    @Test
    void aLoneCallerCommitsItsOwnOperationAtOnce() {
        CommitQueue queue = new CommitQueue("test", this::record);

        assertThat(queue.commit(write("a"))).isEqualTo("a");
        assertThat(queue.commit(write("b"))).isEqualTo("b");

        assertThat(batches).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void thoseWhoCameMeanwhileAreCommittedTogetherInTheirOrder() throws Exception {
        CommitQueue queue = new CommitQueue("test", this::recordAndHoldTheFirst);
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 5);

        assertThat(others).noneMatch(Future::isDone);
        firstMayEnd.countDown();

        assertThat(first.get()).isEqualTo("first");
        for (int i = 0; i < 5; i++) {
            assertThat(others.get(i).get()).isEqualTo("other " + i);
        }
        assertThat(batches)
                .containsExactly(List.of("first"), List.of("other 0", "other 1", "other 2", "other 3", "other 4"));
    }

    @Test
    void whoComesBeforeTheCommitJoinsTheBatch() throws Exception {
        AtomicReference<CommitQueue> queue = new AtomicReference<>();
        List<Future<String>> late = new ArrayList<>();
        queue.set(new CommitQueue("test", (batch, latecomers) -> {
            if (batch.size() == 2) {
                late.addAll(submitInOrder(queue.get(), 1));
                assertThat(latecomers.get()).hasSize(1);
                assertThat(latecomers.get()).isEmpty();
            }
            return recordAndHoldTheFirst(batch, latecomers);
        }));
        submitFirst(queue.get());
        List<Future<String>> others = submitInOrder(queue.get(), 2);
        firstMayEnd.countDown();

        assertThat(others.get(1).get()).isEqualTo("other 1");
        assertThat(late.get(0).get()).isEqualTo("other 0");
        assertThat(batches).containsExactly(List.of("first"), List.of("other 0", "other 1", "other 0"));
    }

    @Test
    void whatABatchLeavesUnfinishedComesFirstInTheNext() throws Exception {
        AtomicReference<Boolean> busy = new AtomicReference<>(true);
        CommitQueue queue = new CommitQueue("test", (batch, latecomers) -> {
            recordAndHoldTheFirst(batch, latecomers);
            if (batch.size() > 1 && busy.getAndSet(false)) {
                batch.get(0).fail(new IllegalStateException("its time is over"));
                return batch.subList(1, batch.size()).stream()
                        .<Write<?>>map(w -> w)
                        .toList();
            }
            return List.of();
        });
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);
        firstMayEnd.countDown();

        assertThatThrownBy(others.get(0)::get).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(others.get(2).get()).isEqualTo("other 2");
        assertThat(batches)
                .containsExactly(
                        List.of("first"), List.of("other 0", "other 1", "other 2"), List.of("other 1", "other 2"));
    }

    @Test
    void anErrorOfTheCommitReachesAllWhoWaitForItAndTheQueueGoesOn() throws Exception {
        CommitQueue queue = new CommitQueue("test", (batch, latecomers) -> {
            recordAndHoldTheFirst(batch, latecomers);
            if (batch.size() > 1) {
                throw new OutOfMemoryError("in a test");
            }
            return List.of();
        });
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);
        firstMayEnd.countDown();

        for (Future<String> other : others) {
            assertThatThrownBy(other::get).hasCauseInstanceOf(OutOfMemoryError.class);
        }
        assertThat(queue.commit(write("after"))).isEqualTo("after");
    }

    @Test
    void anInterruptedCallerWaitsForItsAnswerAndStaysInterrupted() throws Exception {
        CommitQueue queue = new CommitQueue("test", this::recordAndHoldTheFirst);
        submitFirst(queue);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            queue.commit(write("interrupted"));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        awaitParked(caller);
        caller.interrupt();
        awaitParked(caller);
        assertThat(interrupted).isNotDone();

        firstMayEnd.countDown();

        assertThat(interrupted.join()).isTrue();
        assertThat(batches).contains(List.of("interrupted"));
    }

    @Test
    void tooManyWaitingOperationsAreRefusedAsTransient() throws Exception {
        CommitQueue queue = new CommitQueue("test", this::recordAndHoldTheFirst, 3);
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);

        assertThatExceptionOfType(TransientDataAccessException.class)
                .isThrownBy(() -> queue.commit(write("one too many")))
                .withMessageContaining("can be tried again");

        firstMayEnd.countDown();
        for (Future<String> other : others) {
            other.get();
        }
        assertThat(queue.commit(write("after"))).isEqualTo("after");
    }

    @Test
    void closingWaitsForThoseWhoWaitAndRefusesOthers() throws Exception {
        CommitQueue queue = new CommitQueue("test", this::recordAndHoldTheFirst);
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);
        Thread closing = new Thread(queue::close);
        closing.start();
        awaitParked(closing);

        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> queue.commit(write("late")));
        assertThat(closing.isAlive()).isTrue();
        firstMayEnd.countDown();

        closing.join();
        for (Future<String> other : others) {
            assertThat(other.get()).startsWith("other");
        }
        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> queue.commit(write("after")));
    }

    @Test
    void aFailureThatAnotherThreadFoundNamesTheCallerToo() throws Exception {
        CommitQueue queue = new CommitQueue("test", (batch, latecomers) -> {
            recordAndHoldTheFirst(batch, latecomers);
            if (batch.size() > 1) {
                batch.forEach(write -> write.fail(new IllegalStateException("failed")));
            }
            return List.of();
        });
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 2);
        firstMayEnd.countDown();

        assertThatThrownBy(others.get(1)::get)
                .cause()
                .satisfies(e ->
                        assertThat(e.getSuppressed()).singleElement().asString().contains("called from here"));
    }

    private void submitFirst(CommitQueue queue) throws InterruptedException {
        first = callers.submit(() -> queue.commit(write("first")));
        firstIsUnderWay.await();
    }

    private List<Future<String>> submitInOrder(CommitQueue queue, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    AtomicReference<Thread> caller = new AtomicReference<>();
                    Future<String> future = callers.submit(() -> {
                        caller.set(Thread.currentThread());
                        return queue.commit(write("other " + i));
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

    private static void awaitParked(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    private static Write<String> write(String name) {
        return new Write<>(jdbc -> name, false);
    }

    // These operations use no connection.
    private List<Write<?>> record(List<Write<?>> batch, Supplier<List<Write<?>>> latecomers) {
        List<String> names = new ArrayList<>();
        for (Write<?> write : batch) {
            write.run(null);
            names.add((String) write.outcome());
        }
        batches.add(names);
        return List.of();
    }

    private List<Write<?>> recordAndHoldTheFirst(List<Write<?>> batch, Supplier<List<Write<?>>> latecomers) {
        record(batch, latecomers);
        if (firstIsUnderWay.getCount() > 0) {
            firstIsUnderWay.countDown();
            try {
                firstMayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return List.of();
    }
}
