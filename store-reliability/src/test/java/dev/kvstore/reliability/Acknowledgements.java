package dev.kvstore.reliability;

import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.reliability.CrashOperation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The operations that a killed process has acknowledged, and the check that a file contains them. */
final class Acknowledgements {

    /** Which acknowledged operations a file must contain. */
    enum Promise {
        ALL,
        /** Those that were synced, with all that were acknowledged before they began. */
        SYNCED
    }

    /**
     * The state of one thread in a file.
     *
     * @param acknowledged the last operation that the file may contain since it was acknowledged
     * @param required the last operation that the file must contain
     * @param found the operation after which the thread's entries were as in the file, -1 if they never were
     */
    record Finding(long seed, int thread, long acknowledged, long required, long found, boolean expiryKept) {

        boolean torn() {
            return found < 0;
        }

        /** How many operations are missing that the file must contain. */
        long lost() {
            return missing(required);
        }

        /** How many acknowledged operations are missing. */
        long undone() {
            return missing(acknowledged);
        }

        private long missing(long expected) {
            return torn() ? 0 : Math.max(0, expected - found);
        }

        boolean good() {
            return !torn() && lost() == 0 && expiryKept;
        }
    }

    /**
     * The state of a file.
     *
     * @param lostIncrements how many increments are missing that the file must contain
     * @param surplusIncrements how many there are that nobody has begun
     * @param versions versions that were handed out twice, or are smaller than earlier ones of their entry
     */
    record Settlement(
            List<Finding> findings,
            SharedCounters counters,
            long lostIncrements,
            long surplusIncrements,
            List<String> versions) {

        boolean hasLost() {
            return lostIncrements > 0 || findings.stream().anyMatch(finding -> finding.lost() > 0);
        }

        /** Whether each operation is there as a whole or not at all. */
        boolean isWhole() {
            return surplusIncrements <= 0
                    && counters.areWhole()
                    && findings.stream().noneMatch(Finding::torn);
        }

        boolean isGood() {
            return isWhole() && lostIncrements <= 0 && findings.stream().allMatch(Finding::good) && versions.isEmpty();
        }
    }

    private static final int THREADS = Workload.THREADS;

    private final Workload workload;
    private final Promise promise;
    private final HandedOutVersions versions = new HandedOutVersions();
    private SharedCounters counters = SharedCounters.NONE;

    // For each thread: its state at the last settlement, its last operation then, the last operation whose
    // acknowledgement counts, the last one that the file must contain, and the last one that may have begun.
    private final List<ThreadState> states =
            Stream.generate(ThreadState::new).limit(THREADS).collect(Collectors.toCollection(ArrayList::new));
    private final long[] settled = new long[THREADS];
    private final long[] acknowledged = new long[THREADS];
    private final long[] required = new long[THREADS];
    private final long[] begun = new long[THREADS];

    /** For each thread, what all threads had acknowledged before it began its operation. */
    private final long[][] before = new long[THREADS][THREADS];

    Acknowledgements(Workload workload, Promise promise) {
        this.workload = workload;
        this.promise = promise;
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
     * @param counts whether it came before the crash
     */
    void note(String line, boolean counts) {
        String[] words = line.split("[ .]", -1);
        int thread = Integer.parseInt(words[0]);
        long n = Long.parseLong(words[1]);
        long version = Long.parseLong(words[2]);
        CrashOperation operation = workload.operation(thread, n);
        if (version != 0) {
            versions.given(operation.name(), version);
        }
        if (counts) {
            acknowledged[thread] = n;
            require(thread, n, operation);
            before[thread] = acknowledged.clone();
        }
        // The next operation may be committed too.
        begun[thread] = n + 1;
    }

    private void require(int thread, long n, CrashOperation operation) {
        if (promise == Promise.ALL) {
            required[thread] = n;
        } else if (operation.isSynced()) {
            for (int other = 0; other < THREADS; other++) {
                required[other] = Math.max(required[other], before[thread][other]);
            }
            required[thread] = n;
        }
    }

    /** The number of operations acknowledged since the last settlement. */
    long count() {
        return LongStream.of(acknowledged).sum() - LongStream.of(settled).sum();
    }

    /** Compares a file with the acknowledgements. Work continues from the state of the file. */
    Settlement settle(KvStore kv, MovedClock clock) {
        SharedCounters found = SharedCounters.in(kv);
        long increments = found.increments() - counters.increments();
        long lost = incrementsSinceSettlement(required) - increments;
        long surplus = increments - incrementsSinceSettlement(begun);
        counters = found;
        List<Finding> findings = IntStream.range(0, THREADS)
                .mapToObj(thread -> settle(kv, clock, thread))
                .toList();
        return new Settlement(findings, found, lost, surplus, versionsIn(kv, clock));
    }

    private long incrementsSinceSettlement(long[] last) {
        return IntStream.range(0, THREADS)
                .mapToLong(thread -> LongStream.rangeClosed(settled[thread] + 1, last[thread])
                        .filter(n -> workload.operation(thread, n).kind() == Kind.INCREMENT_SHARED)
                        .count())
                .sum();
    }

    private List<String> versionsIn(KvStore kv, MovedClock clock) {
        clock.set(CrashOperation.PRESENT);
        versions.found(kv.group(CrashOperation.SHARED));
        for (int thread = 0; thread < THREADS; thread++) {
            for (int number = 0; number < CrashOperation.groups(); number++) {
                versions.found(kv.group(CrashOperation.group(thread, number)));
            }
        }
        return versions.faults();
    }

    private Finding settle(KvStore kv, MovedClock clock, int thread) {
        ThreadState.Found inFile = ThreadState.Found.in(kv, clock, thread);
        ThreadState state = states.get(thread).copy();
        long found = -1;
        boolean expiryKept = false;
        for (long n = settled[thread]; n <= begun[thread]; n++) {
            if (n > settled[thread]) {
                state.apply(workload.operation(thread, n));
            }
            if (state.matches(inFile)) {
                // The last operation may only have changed an expiry.
                boolean kept = state.expiresAsIn(kv, clock);
                if (kept || !expiryKept) {
                    found = n;
                    expiryKept = kept;
                    states.set(thread, state.copy());
                }
            }
        }
        Finding finding =
                new Finding(workload.seed(), thread, acknowledged[thread], required[thread], found, expiryKept);
        settled[thread] = acknowledged[thread] = required[thread] = Math.max(0, found);
        begun[thread] = settled[thread] + 1;
        Arrays.fill(before[thread], 0);
        return finding;
    }
}
