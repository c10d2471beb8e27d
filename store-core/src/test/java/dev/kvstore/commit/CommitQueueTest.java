package dev.kvstore.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kvstore.KvClosedException;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.NoDialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/** Callers that come while a batch is committed make up the next one, in their order, and none is answered too early. */
@NullUnmarked
class CommitQueueTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> executed = new ArrayList<>();
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
        CommitQueue queue = new CommitQueue("test", 1, this::record);

        assertThat(commit(queue, "a")).isEqualTo("a");
        assertThat(commit(queue, "b")).isEqualTo("b");

        assertThat(batches).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void thoseWhoCameMeanwhileAreCommittedTogetherInTheirOrder() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, this::recordAndHoldTheFirst);
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
        queue.set(new CommitQueue("test", 1, batch -> {
            if (batch.size() == 2) {
                late.addAll(submitInOrder(queue.get(), 1));
                assertThat(batch.latecomers()).isNotNull();
                assertThat(batch.latecomers()).isNull();
                assertThat(batch.size()).isEqualTo(3);
            }
            recordAndHoldTheFirst(batch);
        }));
        submitFirst(queue.get());
        List<Future<String>> others = submitInOrder(queue.get(), 2);
        firstMayEnd.countDown();

        assertThat(others.get(1).get()).isEqualTo("other 1");
        assertThat(late.get(0).get()).isEqualTo("other 0");
        assertThat(batches).containsExactly(List.of("first"), List.of("other 0", "other 1", "other 0"));
    }

    @Test
    void whatABatchDoesNotExecuteComesFirstInTheNextAndIsRunByItsOwnThread() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (batch.size() > 1) {
                batch.own().fail(new IllegalStateException("its time is over"));
            } else {
                recordAndHoldTheFirst(batch);
            }
        });
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);
        firstMayEnd.countDown();

        assertThatThrownBy(others.get(0)::get).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(others.get(1).get()).isEqualTo("other 1");
        assertThat(others.get(2).get()).isEqualTo("other 2");
        assertThat(batches).containsExactly(List.of("first"), List.of("other 1"), List.of("other 2"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorBeforeTheCommitReachesTheLeaderAloneAndTheOthersAreCommitted(Error error) throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (batch.size() > 1) {
                run(batch);
                throw error;
            }
            recordAndHoldTheFirst(batch);
        });
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);
        firstMayEnd.countDown();

        assertThatThrownBy(others.get(0)::get).hasCause(error);
        assertThat(others.get(1).get()).isEqualTo("other 1");
        assertThat(others.get(2).get()).isEqualTo("other 2");
        assertThat(batches).containsExactly(List.of("first"), List.of("other 1"), List.of("other 2"));
        assertThat(commit(queue, "after")).isEqualTo("after");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorInTheCommitLeavesAnOutcomeThatNobodyKnowsAndNothingIsRepeated(Error error) throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (batch.size() > 1) {
                run(batch);
                batch.issueCommit();
                throw error;
            }
            recordAndHoldTheFirst(batch);
        });
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);
        firstMayEnd.countDown();

        assertThatThrownBy(others.get(0)::get).hasCause(error);
        for (Future<String> other : others.subList(1, 3)) {
            assertThatThrownBy(other::get)
                    .cause()
                    .isInstanceOf(DataAccessResourceFailureException.class)
                    .hasMessageContaining("'test'")
                    .hasMessageContaining("may or may not be in the store");
        }
        assertThat(batches).containsExactly(List.of("first"));
        assertThat(commit(queue, "after")).isEqualTo("after");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorAfterTheCommitFailsNobody(Error error) throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            recordAndHoldTheFirst(batch);
            throw error;
        });
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);
        firstMayEnd.countDown();

        assertThat(first.get()).isEqualTo("first");
        for (int i = 0; i < 3; i++) {
            assertThat(others.get(i).get()).isEqualTo("other " + i);
        }
    }

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("in a test"),
                new StackOverflowError("in a test"),
                new AssertionError("in a test"));
    }

    /** At each depth from the end of its stack on, so that it ends anywhere. */
    @Test
    void aLeaderWhoseStackEndsHandsOver() throws Exception {
        AtomicReference<Thread> shallow = new AtomicReference<>();
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (Thread.currentThread() == shallow.get()) {
                toTheEndOfTheStack();
            }
            run(batch);
            batch.committed();
        });
        AtomicInteger left = new AtomicInteger(1_000);
        shallow.set(new Thread(null, () -> callOnTheWayBack(queue, left), "shallow", 256 << 10));
        shallow.get().start();
        shallow.get().join();

        assertThat(left).hasValue(0);
        assertThat(callers.submit(() -> commit(queue, "after")).get(1, TimeUnit.MINUTES))
                .isEqualTo("after");
    }

    @SuppressWarnings("InfiniteRecursion") // up to the end of the stack
    private void callOnTheWayBack(CommitQueue queue, AtomicInteger left) {
        try {
            callOnTheWayBack(queue, left);
        } catch (StackOverflowError end) {
            // Back from here.
        }
        if (left.get() > 0) {
            try {
                left.decrementAndGet();
                commit(queue, "shallow");
            } catch (StackOverflowError told) {
                // Its own.
            }
        }
    }

    @SuppressWarnings("InfiniteRecursion") // on purpose
    private static int toTheEndOfTheStack() {
        return 1 + toTheEndOfTheStack();
    }

    /** Success is stated, never assumed. */
    @Test
    void aWriteThatNobodyHasCommittedIsNotAcknowledged() {
        CommitQueue queue = new CommitQueue("test", 1, this::run);

        assertThatExceptionOfType(TransientDataAccessException.class)
                .isThrownBy(() -> commit(queue, "forgotten"))
                .withMessageContaining("'test'")
                .withMessageContaining("was not executed and can be retried");
    }

    @Test
    void aCallByTheThreadThatLeadsIsRefusedAtOnce() throws Exception {
        AtomicReference<CommitQueue> queue = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        queue.set(new CommitQueue("test", 1, batch -> {
            if (batches.isEmpty()) {
                refused.add(catchThrowable(() -> commit(queue.get(), "within")));
                refused.add(catchThrowable(queue.get()::close));
            }
            record(batch);
        }));

        assertThat(commit(queue.get(), "a")).isEqualTo("a");

        assertThat(refused)
                .hasSize(2)
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOf(InvalidDataAccessApiUsageException.class)
                        .hasMessageContaining("'test'")
                        .hasMessageContaining("call it from another thread"));
        assertThat(batches).containsExactly(List.of("a"));
        assertThat(commit(queue.get(), "b")).isEqualTo("b");
    }

    @Test
    void anInterruptedCallerWaitsForItsAnswerAndStaysInterrupted() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, this::recordAndHoldTheFirst);
        submitFirst(queue);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            commit(queue, "interrupted");
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
        CommitQueue queue = new CommitQueue("test", 1, this::recordAndHoldTheFirst, 3);
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);

        assertThatExceptionOfType(TransientDataAccessException.class)
                .isThrownBy(() -> commit(queue, "one too many"))
                .withMessageContaining("the write queue is full (3 waiting)")
                .withMessageContaining("was not executed and can be retried");

        firstMayEnd.countDown();
        for (Future<String> other : others) {
            other.get();
        }
        assertThat(commit(queue, "after")).isEqualTo("after");
    }

    @Test
    void closingWaitsForThoseWhoWaitAndRefusesOthers() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, this::recordAndHoldTheFirst);
        submitFirst(queue);
        List<Future<String>> others = submitInOrder(queue, 3);
        Thread closing = new Thread(queue::close);
        closing.start();
        awaitParked(closing);

        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> commit(queue, "late"));
        assertThat(closing.isAlive()).isTrue();
        firstMayEnd.countDown();

        closing.join();
        for (Future<String> other : others) {
            assertThat(other.get()).startsWith("other");
        }
        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> commit(queue, "after"));
    }

    @Test
    void aFailureThatAnotherThreadFoundNamesTheCallerToo() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (batch.size() > 1) {
                for (Write<?> write = batch.first(); write != null; write = write.next) {
                    write.fail(new IllegalStateException("failed"));
                }
            } else {
                recordAndHoldTheFirst(batch);
            }
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
        first = callers.submit(() -> commit(queue, "first"));
        firstIsUnderWay.await();
    }

    private List<Future<String>> submitInOrder(CommitQueue queue, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    AtomicReference<Thread> caller = new AtomicReference<>();
                    Future<String> future = callers.submit(() -> {
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

    private static void awaitParked(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    /** Returns the name when the write got its own result. */
    private String commit(CommitQueue queue, String name) {
        long result = queue.commit(new Write<>(new Change.DeleteGroup(name), new Recording()));
        return result == name.hashCode() ? name : "the result of another write";
    }

    private final class Recording extends NoDialect {

        @Override
        public long deleteGroup(JdbcOperations jdbc, String group) {
            executed.add(group);
            return group.hashCode();
        }
    }

    @Test
    void eachLaneHasALeaderOfItsOwnAndTheOthersWait() throws Exception {
        Set<Integer> lanes = ConcurrentHashMap.newKeySet();
        CountDownLatch bothLead = new CountDownLatch(2);
        CommitQueue queue = new CommitQueue("test", 2, batch -> {
            if (firstMayEnd.getCount() > 0) {
                lanes.add(batch.lane());
                bothLead.countDown();
                awaitFirstMayEnd();
            }
            for (Write<?> write = batch.first(); write != null; write = write.next()) {
                write.run(null);
            }
            batch.committed();
        });
        Future<Long> one = callers.submit(() -> queue.commit(lane("one")));
        Future<Long> two = callers.submit(() -> queue.commit(lane("two")));
        bothLead.await();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        Future<Long> three = callers.submit(() -> {
            waiting.set(Thread.currentThread());
            return queue.commit(lane("three"));
        });
        await().until(() -> waiting.get() != null);
        awaitParked(waiting.get());
        assertThat(three).isNotDone();

        firstMayEnd.countDown();

        assertThat(lanes).containsExactlyInAnyOrder(0, 1);
        assertThat(one.get()).isEqualTo(3);
        assertThat(two.get()).isEqualTo(3);
        assertThat(three.get()).isEqualTo(5);
        queue.close();
    }

    private static Write<Long> lane(String name) {
        return new Write<>(new Change.DeleteGroup(name), new NoDialect() {
            @Override
            public long deleteGroup(JdbcOperations jdbc, String group) {
                return group.length();
            }
        });
    }

    // These operations use no connection.
    private List<String> run(Batch batch) {
        executed.clear();
        for (Write<?> write = batch.first(); write != null; write = write.next) {
            write.run(null);
        }
        return List.copyOf(executed);
    }

    private void record(Batch batch) {
        batches.add(run(batch));
        batch.committed();
    }

    private void recordAndHoldTheFirst(Batch batch) {
        batches.add(run(batch));
        if (firstIsUnderWay.getCount() > 0) {
            firstIsUnderWay.countDown();
            awaitFirstMayEnd();
        }
        batch.committed();
    }

    private void awaitFirstMayEnd() {
        try {
            firstMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
