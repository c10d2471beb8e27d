package dev.kvstore.reliability;

import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The operations that a killed process has acknowledged, and the check that a file contains them. */
final class Acknowledgements {

    /**
     * The state of one thread in a file.
     *
     * @param acknowledged the last operation that the file must contain
     * @param found the operation after which the thread's entries were as in the file, -1 if they never were
     */
    record Finding(long seed, int thread, long acknowledged, long found, boolean expiryKept) {

        boolean torn() {
            return found < 0;
        }

        long lost() {
            return torn() ? 0 : Math.max(0, acknowledged - found);
        }

        boolean good() {
            return !torn() && lost() == 0 && expiryKept;
        }
    }

    private static final int THREADS = 8;

    private final long seed;
    // For each thread: its state at the last settlement, its last operation then, the last operation whose
    // acknowledgement counts, and the last one that may have begun.
    private final List<ThreadState> states =
            Stream.generate(ThreadState::new).limit(THREADS).collect(Collectors.toCollection(ArrayList::new));
    private final long[] settled = new long[THREADS];
    private final long[] acknowledged = new long[THREADS];
    private final long[] begun = new long[THREADS];

    Acknowledgements(long seed) {
        this.seed = seed;
        Arrays.fill(begun, 1);
    }

    /** The first operation of each thread. */
    Stream<Object> next() {
        return LongStream.of(settled).mapToObj(last -> last + 1);
    }

    /**
     * Notes an acknowledgement.
     *
     * @param line in the format of {@link CrashWorker}
     * @param counts whether the file must contain the operation
     */
    void note(String line, boolean counts) {
        String[] words = line.split("[ .]", -1);
        int thread = Integer.parseInt(words[0]);
        long n = Long.parseLong(words[1]);
        if (counts) {
            acknowledged[thread] = n;
        }
        // The next operation may be committed too.
        begun[thread] = n + 1;
    }

    /** The number of operations acknowledged since the last settlement. */
    long count() {
        return LongStream.of(acknowledged).sum() - LongStream.of(settled).sum();
    }

    /** Compares a file with the acknowledgements. Work continues from the state of the file. */
    List<Finding> settle(KvStore kv, MovedClock clock) {
        return IntStream.range(0, THREADS)
                .mapToObj(thread -> settle(kv, clock, thread))
                .toList();
    }

    private Finding settle(KvStore kv, MovedClock clock, int thread) {
        ThreadState.Found inFile = ThreadState.Found.in(kv, clock, thread);
        ThreadState state = states.get(thread).copy();
        long found = state.matches(inFile) ? settled[thread] : -1;
        for (long n = settled[thread] + 1; n <= begun[thread]; n++) {
            state.apply(CrashOperation.of(seed, thread, n));
            if (state.matches(inFile)) {
                found = n;
                states.set(thread, state.copy());
            }
        }
        Finding finding = new Finding(
                seed,
                thread,
                acknowledged[thread],
                found,
                found >= 0 && states.get(thread).expiresAsIn(kv, clock));
        settled[thread] = acknowledged[thread] = Math.max(0, found);
        begun[thread] = settled[thread] + 1;
        return finding;
    }
}
