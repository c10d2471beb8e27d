package dev.kvstore.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;

/** No caller gets a result before its commit, or an error that belongs to another caller; the queue keeps working. */
@NullUnmarked
class CommitQueueFailureTest {

    private final QueueCallers callers = new QueueCallers();

    @AfterEach
    void stop() {
        callers.close();
    }

    @Test
    void writesThatABatchLeavesPendingAreCommittedNextByTheirOwnThreads() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (batch.size() > 1) {
                batch.own().fail(new IllegalStateException("failed"));
            } else {
                callers.recordAndHoldTheFirst(batch);
            }
        });
        callers.submitFirst(queue);
        List<Future<String>> others = callers.submitInOrder(queue, 3);
        callers.release();

        assertThatThrownBy(others.get(0)::get).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(others.get(1).get()).isEqualTo("other 1");
        assertThat(others.get(2).get()).isEqualTo("other 2");
        assertThat(callers.batches()).containsExactly(List.of("first"), List.of("other 1"), List.of("other 2"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorBeforeTheCommitFailsOnlyTheLeader(Error error) throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (batch.size() > 1) {
                callers.run(batch);
                throw error;
            }
            callers.recordAndHoldTheFirst(batch);
        });
        callers.submitFirst(queue);
        List<Future<String>> others = callers.submitInOrder(queue, 3);
        callers.release();

        assertThatThrownBy(others.get(0)::get).hasCause(error);
        assertThat(others.get(1).get()).isEqualTo("other 1");
        assertThat(others.get(2).get()).isEqualTo("other 2");
        assertThat(callers.batches()).containsExactly(List.of("first"), List.of("other 1"), List.of("other 2"));
        assertThat(callers.commit(queue, "after")).isEqualTo("after");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void afterAnErrorInTheCommitTheOutcomeIsUnknownAndNoWriteIsRepeated(Error error) throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (batch.size() > 1) {
                callers.run(batch);
                batch.issueCommit();
                throw error;
            }
            callers.recordAndHoldTheFirst(batch);
        });
        callers.submitFirst(queue);
        List<Future<String>> others = callers.submitInOrder(queue, 3);
        callers.release();

        assertThatThrownBy(others.get(0)::get).hasCause(error);
        for (Future<String> other : others.subList(1, 3)) {
            assertThatThrownBy(other::get)
                    .cause()
                    .isInstanceOf(DataAccessResourceFailureException.class)
                    .hasMessageContaining("'test'")
                    .hasMessageContaining("may or may not be in the store");
        }
        assertThat(callers.batches()).containsExactly(List.of("first"));
        assertThat(callers.commit(queue, "after")).isEqualTo("after");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorAfterTheCommitFailsNoWrite(Error error) throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            callers.recordAndHoldTheFirst(batch);
            throw error;
        });
        callers.submitFirst(queue);
        List<Future<String>> others = callers.submitInOrder(queue, 3);
        callers.release();

        assertThat(callers.first().get()).isEqualTo("first");
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

    /** Commits at each depth near the end of the stack, so that the stack overflows at every point of the queue. */
    @Test
    void aLeaderWhoseStackOverflowsHandsOver() throws Exception {
        AtomicReference<Thread> shallow = new AtomicReference<>();
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (Thread.currentThread() == shallow.get()) {
                overflowTheStack();
            }
            callers.run(batch);
            batch.committed();
        });
        AtomicInteger left = new AtomicInteger(1_000);
        shallow.set(new Thread(null, () -> commitWhileTheStackUnwinds(queue, left), "shallow", 256 << 10));
        shallow.get().start();
        shallow.get().join();

        assertThat(left).hasValue(0);
        assertThat(callers.submit(queue, "after").get(1, TimeUnit.MINUTES)).isEqualTo("after");
    }

    @SuppressWarnings("InfiniteRecursion") // to reach the end of the stack
    private void commitWhileTheStackUnwinds(CommitQueue queue, AtomicInteger left) {
        try {
            commitWhileTheStackUnwinds(queue, left);
        } catch (StackOverflowError expected) {
            // From here the stack unwinds.
        }
        if (left.get() > 0) {
            try {
                left.decrementAndGet();
                callers.commit(queue, "shallow");
            } catch (StackOverflowError expected) {
                // The error of this caller itself.
            }
        }
    }

    @SuppressWarnings("InfiniteRecursion") // to reach the end of the stack
    private static int overflowTheStack() {
        return 1 + overflowTheStack();
    }

    /** Success is stated, never assumed. */
    @Test
    void aWriteThatTheCommitterLeavesPendingIsNotAcknowledged() {
        CommitQueue queue = new CommitQueue("test", 1, callers::run);

        assertThatExceptionOfType(TransientDataAccessException.class)
                .isThrownBy(() -> callers.commit(queue, "pending"))
                .withMessageContaining("'test'")
                .withMessageContaining("was not executed and can be retried");
    }

    @Test
    void aFailureFoundByAnotherThreadAlsoNamesTheCaller() throws Exception {
        CommitQueue queue = new CommitQueue("test", 1, batch -> {
            if (batch.size() > 1) {
                for (Write<?> write = batch.first(); write != null; write = write.next) {
                    write.fail(new IllegalStateException("failed"));
                }
            } else {
                callers.recordAndHoldTheFirst(batch);
            }
        });
        callers.submitFirst(queue);
        List<Future<String>> others = callers.submitInOrder(queue, 2);
        callers.release();

        assertThatThrownBy(others.get(1)::get)
                .cause()
                .satisfies(e ->
                        assertThat(e.getSuppressed()).singleElement().asString().contains("called from here"));
    }
}
