package dev.kvstore.reliability.soak;

import dev.kvstore.MovedClock;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A run of the mixed load, with a sample every so often. */
record Soak(Path file, Duration duration, int samples, long seed) {

    record Result(Samples samples, long operations) {}

    /** Runs it, and does something before each sample; a clock's second passes at each of them. */
    Result run(Leak leak) throws Exception {
        MovedClock clock = new MovedClock();
        Samples taken = new Samples();
        try (SqliteKvStore kv = SqliteKvStore.builder().file(file).clock(clock).build()) {
            MixedLoad load = new MixedLoad(kv, seed);
            load.start();
            try {
                long start = System.nanoTime();
                for (int i = 1; i <= samples; i++) {
                    awaitNanos(start + duration.toNanos() * i / samples);
                    clock.move(Duration.ofSeconds(1));
                    kv.purgeExpired();
                    leak.spill(kv, file);
                    taken.add((System.nanoTime() - start) / 60e9, sample());
                }
            } finally {
                load.stop();
            }
            return new Result(taken, load.operations());
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

    /** Uses more and more of something. */
    @FunctionalInterface
    interface Leak {
        Leak NONE = (kv, file) -> {};

        void spill(SqliteKvStore kv, Path file) throws Exception;
    }
}
