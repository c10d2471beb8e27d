package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvClosedException;
import dev.kvstore.reliability.Findings;
import dev.kvstore.sqlite.PlantedQueue.Flaw;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A counter behind the queue counts as one that a single thread has: no call waits for ever, no two threads lead, and
 * nothing is committed once close has returned. An answer before its commit takes three callers and more switches than are
 * walked here; {@code RefusedHistoriesTest} shows where that one is found.
 */
@NullUnmarked
class CommitQueueLincheckTest {

    @Test
    void theQueueIsSoundInEveryInterleavingThatIsWalked() {
        Interleavings.walk(Queued.class, OneByOne.class);
        Findings.record(
                "lincheck",
                "The commit queue: no flaw in %d scenarios of 3 threads, up to %,d interleavings of each."
                        .formatted(Interleavings.SCENARIOS, Interleavings.WALKED));
    }

    @Test
    void theQueueIsSoundWhenThreadsRace() {
        Interleavings.race(Queued.class, OneByOne.class);
    }

    @Test
    void theQueueThatFlawsArePlantedInIsSoundWithoutOne() {
        Interleavings.walk(Flawless.class, OneByOne.class);
    }

    static Stream<Class<?>> flawed() {
        return Stream.of(Forgetful.class, TwoLeaders.class, EarlyClose.class);
    }

    @ParameterizedTest
    @MethodSource("flawed")
    void aPlantedFlawIsFoundByWalking(Class<?> flawed) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Interleavings.seek(flawed, OneByOne.class))
                .withMessageMatching("(?s).*(Invalid execution results|has hung|unexpected exception).*");
    }

    /** What one thread alone would see. */
    public static class OneByOne {

        private int count;
        private boolean closed;

        @Operation
        public int increment() {
            return closed ? -1 : ++count;
        }

        @Operation
        public int close() {
            closed = true;
            return count;
        }
    }

    public abstract static class Counting {

        private volatile int count;

        abstract int commit(Write<Integer> write);

        @Operation
        public int increment() {
            try {
                return commit(new Write<>(jdbc -> next(), false));
            } catch (KvClosedException e) {
                return -1;
            }
        }

        // Two threads that lead would count to the same number.
        private int next() {
            int next = count + 1;
            count = next;
            return next;
        }

        /** Refusals may begin before close returns; what was accepted is counted when it does. */
        @Operation
        public int close() {
            closeQueue();
            return count;
        }

        abstract void closeQueue();

        static void run(List<Write<?>> batch) {
            batch.forEach(write -> write.run(null));
        }
    }

    public static class Queued extends Counting {

        private final CommitQueue queue = new CommitQueue("test", (batch, latecomers) -> {
            run(batch);
            return List.of();
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
            queue = new PlantedQueue(flaw, Counting::run);
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

    public static class Forgetful extends Flawless {

        public Forgetful() {
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
}
