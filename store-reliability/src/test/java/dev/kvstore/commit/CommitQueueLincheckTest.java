package dev.kvstore.commit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kvstore.Durability;
import dev.kvstore.KvClosedException;
import dev.kvstore.commit.PlantedQueue.Flaw;
import dev.kvstore.engine.Change;
import dev.kvstore.reliability.Interleavings;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A counter behind the commit queue counts like a sequential one: no call hangs, no two threads lead at once, every
 * answered write is committed, and nothing is committed after close has returned.
 */
@NullUnmarked
class CommitQueueLincheckTest {

    private static final String[] THREE_WRITES = {"increment", "increment", "increment"};
    private static final String[] WRITES_AND_CLOSE = {"increment increment", "close"};
    private static final String[] WRITES_AND_A_READ = {"increment", "increment committed"};

    private static final Interleavings SCENARIOS = Interleavings.comparedWith(OneByOne.class)
            .of("increment", "increment", "close")
            .of(THREE_WRITES)
            .of(WRITES_AND_CLOSE)
            .of(WRITES_AND_A_READ);

    @Test
    void theQueueIsCorrectInEveryInterleaving() {
        SCENARIOS.walk(Queued.class, "commit queue");
    }

    @Test
    void theQueueIsCorrectWhenThreadsRace() {
        SCENARIOS.race(Queued.class);
    }

    @Test
    void aQueueWithFailingBatchesIsCorrectInEveryInterleaving() {
        SCENARIOS.walk(Failing.class);
    }

    @Test
    void theQueueForPlantedFlawsIsCorrectWithoutOne() {
        SCENARIOS.walk(Flawless.class);
    }

    static Stream<Arguments> flawed() {
        return Stream.of(
                arguments(ForgetsTheNext.class, THREE_WRITES),
                arguments(TwoLeaders.class, THREE_WRITES),
                arguments(EarlyClose.class, WRITES_AND_CLOSE),
                arguments(ForgetsLatecomers.class, THREE_WRITES),
                arguments(EarlyAnswer.class, WRITES_AND_A_READ));
    }

    @ParameterizedTest
    @MethodSource("flawed")
    void aPlantedFlawIsFoundByModelChecking(Class<?> flawed, String[] threads) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(flawed, threads))
                .withMessageMatching("(?s).*(Invalid execution results|has hung|unexpected exception).*");
    }

    /** The negative control of the race. */
    @Test
    void aPlantedFlawIsFoundByARace() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seekByRace(TwoLeaders.class, "increment", "increment", "close"));
    }

    /** The sequential specification. */
    public static class OneByOne {

        private int count;
        private boolean closed;

        @Operation
        public int increment() {
            return closed ? -1 : ++count;
        }

        @Operation
        public int committed() {
            return count;
        }

        @Operation
        public int close() {
            closed = true;
            return count;
        }
    }

    public abstract static class Counting extends CountingDialect {

        private volatile int count;
        private volatile int committed;

        abstract int commit(Write<Integer> write);

        @Operation
        public int increment() {
            try {
                return commit(new Write<>(new Change.Purge(Instant.EPOCH, 1), this, Durability.FULL));
            } catch (KvClosedException e) {
                return -1;
            }
        }

        // Two leaders at once would count to the same number.
        @Override
        public int purge(JdbcOperations jdbc, Instant upTo, int limit) {
            int next = count + 1;
            count = next;
            return next;
        }

        /** The count that another connection reads. */
        @Operation
        public int committed() {
            return committed;
        }

        /** Writes may be refused before close returns; accepted writes are counted when it does. */
        @Operation
        public int close() {
            closeQueue();
            return committed;
        }

        abstract void closeQueue();

        static void run(List<Write<?>> batch) {
            batch.forEach(write -> write.run(null));
        }

        void commit() {
            committed = count;
        }
    }

    public static class Queued extends Counting {

        private final CommitQueue queue = new CommitQueue("test", 1, batch -> {
            Write<?> next = batch.first();
            while (next != null) {
                next.run(null);
                next = next.next == null ? batch.latecomers() : next.next;
            }
            commit();
            batch.committed();
        });

        @Override
        int commit(Write<Integer> write) {
            return queue.commit(write);
        }

        @Override
        void closeQueue() {
            queue.close();
        }
    }

    /**
     * Like {@link Queued}, but no transaction of several writes succeeds: each write is returned to and run by its own
     * thread.
     */
    public static class Failing extends Counting {

        private final CommitQueue queue = new CommitQueue("test", 1, batch -> {
            Write<?> next = batch.first();
            if (next != null && next.next != null) {
                batch.separate();
            }
            batch.own().run(null);
            commit();
            batch.committed();
        });

        @Override
        int commit(Write<Integer> write) {
            return queue.commit(write);
        }

        @Override
        void closeQueue() {
            queue.close();
        }
    }

    public static class Flawless extends Counting {

        private final PlantedQueue queue;

        public Flawless() {
            this(Flaw.NONE);
        }

        Flawless(Flaw flaw) {
            queue = new PlantedQueue(flaw, Counting::run, this::commit);
        }

        @Override
        int commit(Write<Integer> write) {
            return queue.commit(write);
        }

        @Override
        void closeQueue() {
            queue.close();
        }
    }

    public static class ForgetsTheNext extends Flawless {

        public ForgetsTheNext() {
            super(Flaw.FORGETS_THE_NEXT_LEADER);
        }
    }

    public static class TwoLeaders extends Flawless {

        public TwoLeaders() {
            super(Flaw.HAS_TWO_LEADERS);
        }
    }

    public static class EarlyClose extends Flawless {

        public EarlyClose() {
            super(Flaw.CLOSES_WITHOUT_WAITING);
        }
    }

    public static class ForgetsLatecomers extends Flawless {

        public ForgetsLatecomers() {
            super(Flaw.FORGETS_LATECOMERS);
        }
    }

    public static class EarlyAnswer extends Flawless {

        public EarlyAnswer() {
            super(Flaw.ANSWERS_BEFORE_THE_COMMIT);
        }
    }
}
