package dev.kvstore.reliability;

import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.util.stream.IntStream;

/**
 * The counters of all threads in a file.
 *
 * @param batches what the batches of all threads have added
 * @param batchesOfThreads what they have added to the counters of their own threads
 */
record SharedCounters(long increments, long batches, long batchesOfThreads) {

    static final SharedCounters NONE = new SharedCounters(0, 0, 0);

    static SharedCounters in(KvStore kv) {
        KvGroup<Long> shared = kv.group(CrashOperation.SHARED, Long.class);
        long ofThreads = IntStream.range(0, Workload.THREADS)
                .mapToObj(CrashOperation::groupOfBatches)
                .mapToLong(group -> value(kv.group(group, Long.class), CrashOperation.COUNTER))
                .sum();
        return new SharedCounters(
                value(shared, CrashOperation.INCREMENTS), value(shared, CrashOperation.BATCHES), ofThreads);
    }

    private static long value(KvGroup<Long> counters, String key) {
        return counters.get(key).orElse(0L);
    }

    boolean areWhole() {
        return batches == batchesOfThreads;
    }
}
