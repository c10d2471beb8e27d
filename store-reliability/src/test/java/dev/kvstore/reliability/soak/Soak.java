package dev.kvstore.reliability.soak;

import dev.kvstore.MovedClock;
import dev.kvstore.reliability.Unhurried;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A run of the mixed load, with samples spread over its duration. Between two samples a fixed number of operations is
 * run: on a busy machine the run takes longer, with the same result.
 */
record Soak(Path file, Duration duration, int samples, long seed) {

    private static final int OPERATIONS_PER_SAMPLE = 400;

    record Result(Samples samples, long operations, Duration duration) {}

    /** Runs the load, calls the leak before each sample, and advances the clock by a second at each sample. */
    Result run(Leak leak) throws Exception {
        MovedClock clock = new MovedClock();
        Samples taken = new Samples();
        try (SqliteKvStore kv = SqliteKvStore.builder()
                .file(file)
                .clock(clock)
                .templates(Unhurried.TEMPLATES)
                .build()) {
            MixedLoad load = new MixedLoad(kv, seed);
            long start = System.nanoTime();
            load.start();
            try {
                for (int i = 1; i <= samples; i++) {
                    load.await(OPERATIONS_PER_SAMPLE);
                    awaitNanos(start + duration.toNanos() * i / samples);
                    clock.move(Duration.ofSeconds(1));
                    kv.purgeExpired();
                    leak.spill(kv, file);
                    taken.add((System.nanoTime() - start) / 60e9, sample());
                }
            } finally {
                load.stop();
            }
            return new Result(taken, load.operations(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Map<Resource, Double> sample() {
        Map<Resource, Double> sample = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            sample.put(resource, resource.of(file));
        }
        return sample;
    }

    private static void awaitNanos(long moment) {
        for (long rest = moment - System.nanoTime(); rest > 0; rest = moment - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    /** Uses more and more of a resource. */
    @FunctionalInterface
    interface Leak {
        Leak NONE = (kv, file) -> {};

        void spill(SqliteKvStore kv, Path file) throws Exception;
    }
}
