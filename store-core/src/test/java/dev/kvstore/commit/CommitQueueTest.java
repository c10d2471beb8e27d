package dev.kvstore.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kvstore.KvClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TransientDataAccessException;

/** Writes that arrive during a commit form the next batch, in the order of their arrival. */
@NullUnmarked
class CommitQueueTest {

    private final QueueCallers callers = new QueueCallers();

    @AfterEach
    void stop() {
        callers.close();
    }

    @Test
    void aSingleCallerCommitsItsWriteAtOnce() {
        CommitQueue queue = new CommitQueue("test", 1, callers::record);

        assertThat(callers.commit(queue, "a")).isEqualTo("a");
        assertThat(callers.commit(queue, "b")).isEqualTo("b");

        assertThat(callers.batches()).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void writesThatArriveDuringACommitFormTheNextBatchInOrder() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, callers::recordAndHoldTheFirst);
        callers.submitFirst(queue);
        List<Future<String>> others = callers.submitInOrder(queue, 5);

        assertThat(others).noneMatch(Future::isDone);
        assertThat(queue.waiting()).isEqualTo(5);
        callers.release();

        assertThat(callers.first().get()).isEqualTo("first");
        for (int i = 0; i < 5; i++) {
            assertThat(others.get(i).get()).isEqualTo("other " + i);
        }
        assertThat(callers.batches())
                .containsExactly(List.of("first"), List.of("other 0", "other 1", "other 2", "other 3", "other 4"));
    }

    @Test
    void aWriteThatArrivesBeforeTheCommitJoinsTheBatch() throws Exception {
        AtomicReference<CommitQueue> queue = new AtomicReference<>();
        List<Future<String>> late = new ArrayList<>();
        queue.set(new CommitQueue("test", 1, batch -> {
            if (batch.size() == 2) {
                late.addAll(callers.submitInOrder(queue.get(), 1));
                assertThat(batch.latecomers()).isNotNull();
                assertThat(batch.latecomers()).isNull();
                assertThat(batch.size()).isEqualTo(3);
            }
            callers.recordAndHoldTheFirst(batch);
        }));
        callers.submitFirst(queue.get());
        List<Future<String>> others = callers.submitInOrder(queue.get(), 2);
        callers.release();

        assertThat(others.get(1).get()).isEqualTo("other 1");
        assertThat(late.get(0).get()).isEqualTo("other 0");
        assertThat(callers.batches()).containsExactly(List.of("first"), List.of("other 0", "other 1", "other 0"));
    }

    @Test
    void eachLaneHasItsOwnLeaderAndOtherCallersWait() throws Exception {
        Set<Integer> lanes = ConcurrentHashMap.newKeySet();
        CountDownLatch bothLead = new CountDownLatch(2);
        CommitQueue queue = new CommitQueue("test", 2, batch -> {
            lanes.add(batch.lane());
            bothLead.countDown();
            callers.awaitRelease();
            for (Write<?> write = batch.first(); write != null; write = write.next()) {
                write.run(null);
            }
            batch.committed();
        });
        Future<String> one = callers.submit(queue, "one");
        Future<String> two = callers.submit(queue, "two");
        bothLead.await();
        Future<String> three = callers.submitInOrder(queue, 1).get(0);
        assertThat(three).isNotDone();

        callers.release();

        assertThat(lanes).containsExactlyInAnyOrder(0, 1);
        assertThat(one.get()).isEqualTo("one");
        assertThat(two.get()).isEqualTo("two");
        assertThat(three.get()).isEqualTo("other 0");
        queue.close();
    }

    @Test
    void aCallByTheLeadingThreadIsRefusedAtOnce() throws Exception {
        AtomicReference<CommitQueue> queue = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        queue.set(new CommitQueue("test", 1, batch -> {
            if (callers.batches().isEmpty()) {
                refused.add(catchThrowable(() -> callers.commit(queue.get(), "within")));
                refused.add(catchThrowable(queue.get()::close));
            }
            callers.record(batch);
        }));

        assertThat(callers.commit(queue.get(), "a")).isEqualTo("a");

        assertThat(refused)
                .hasSize(2)
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOf(InvalidDataAccessApiUsageException.class)
                        .hasMessageContaining("'test'")
                        .hasMessageContaining("call it from another thread"));
        assertThat(callers.batches()).containsExactly(List.of("a"));
        assertThat(callers.commit(queue.get(), "b")).isEqualTo("b");
    }

    @Test
    void anInterruptedCallerWaitsForItsResultAndStaysInterrupted() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, callers::recordAndHoldTheFirst);
        callers.submitFirst(queue);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            callers.commit(queue, "interrupted");
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        QueueCallers.awaitParked(caller);
        caller.interrupt();
        QueueCallers.awaitParked(caller);
        assertThat(interrupted).isNotDone();

        callers.release();

        assertThat(interrupted.join()).isTrue();
        assertThat(callers.batches()).contains(List.of("interrupted"));
    }

    @Test
    void aFullQueueRefusesWritesWithATransientError() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, callers::recordAndHoldTheFirst, 3);
        callers.submitFirst(queue);
        List<Future<String>> others = callers.submitInOrder(queue, 3);

        assertThatExceptionOfType(TransientDataAccessException.class)
                .isThrownBy(() -> callers.commit(queue, "one too many"))
                .withMessageContaining("the write queue is full (3 waiting)")
                .withMessageContaining("was not executed and can be retried");

        callers.release();
        for (Future<String> other : others) {
            other.get();
        }
        assertThat(callers.commit(queue, "after")).isEqualTo("after");
    }

    @Test
    void closingCommitsWaitingWritesAndRefusesNewOnes() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, callers::recordAndHoldTheFirst);
        callers.submitFirst(queue);
        List<Future<String>> others = callers.submitInOrder(queue, 3);
        Thread closing = new Thread(queue::close);
        closing.start();
        QueueCallers.awaitParked(closing);

        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> callers.commit(queue, "late"));
        assertThat(closing.isAlive()).isTrue();
        callers.release();

        closing.join();
        for (Future<String> other : others) {
            assertThat(other.get()).startsWith("other");
        }
        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> callers.commit(queue, "after"));
    }
}
