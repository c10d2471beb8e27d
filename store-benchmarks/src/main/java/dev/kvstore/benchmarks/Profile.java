package dev.kvstore.benchmarks;

import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The number of measurements and their duration. */
enum Profile {

    /**
     * The most important measurements, in less than ten minutes: files that survive a power cut. These are 65
     * measurements, each with one second of warm-up, two of measurement and about three to start a process, fill a
     * store and stop.
     */
    SHORT(1, 1, 1000, 5, 400) {
        @Override
        List<Measurement> measurements() {
            List<Target> targets = without(Target.of(Storage.FULL), target -> target.product() == Product.RAW_ROWID);
            List<Target> others = without(targets, target -> target.product() == Product.RAW_DEFAULTS);
            List<Integer> threads = List.of(1, 32);
            return List.of(
                    Measurement.ofEntries("get", others, threads),
                    Measurement.ofEntries("set", targets, threads),
                    Measurement.ofGroups("getAll", others, List.of(1), List.of(10_000)),
                    Measurement.ofEntries("mixed", others, threads));
        }
    },

    /** Everything; takes hours. */
    ALL(2, 2, 1000, 3, 1000) {
        @Override
        List<Measurement> measurements() {
            List<Measurement> measurements = new ArrayList<>();
            for (Storage storage : Storage.values()) {
                List<Target> targets = Target.of(storage);
                List<Target> expiring =
                        without(targets, target -> !target.product().expires());
                List<Integer> threads = List.of(1, 8, 32);
                measurements.add(Measurement.ofEntries("get", targets, threads));
                measurements.add(Measurement.ofEntries("set", targets, threads));
                measurements.add(Measurement.ofEntries("setWithTtl", expiring, threads));
                measurements.add(Measurement.ofEntries("deleteAndSet", targets, threads));
                measurements.add(Measurement.ofEntries("mixed", targets, threads));
                measurements.add(Measurement.ofEntries("getAmongSets", targets, List.of(8)));
                measurements.add(Measurement.ofGroups("getAll", targets, List.of(1), List.of(10, 100, 1000)));
                measurements.add(Measurement.ofGroups("getAll", targets, threads, List.of(10_000)));
                measurements.add(Measurement.ofGroups("count", targets, threads, List.of(1000)));
                measurements.add(Measurement.ofGroups("render", ours(storage), threads, List.of(10, 1000)));
            }
            return measurements;
        }
    },

    /** Every benchmark and every target once, in seconds: shows that they run, without meaningful figures. */
    SMOKE(0, 0, 10, 1, 100) {
        @Override
        List<Measurement> measurements() {
            List<Target> targets = new ArrayList<>();
            Arrays.stream(Storage.values()).map(Target::of).forEach(targets::addAll);
            List<Target> ours = ours(Storage.FULL);
            List<Integer> two = List.of(2);
            return List.of(
                    Measurement.ofEntries("deleteAndSet", without(targets, this::coveredByAnother), two),
                    Measurement.ofEntries("get", ours, two),
                    Measurement.ofEntries("set", ours, two),
                    Measurement.ofEntries("setWithTtl", ours, two),
                    Measurement.ofEntries("mixed", ours, two),
                    Measurement.ofEntries("getAmongSets", ours, two),
                    Measurement.ofGroups("getAll", ours, two, List.of(10)),
                    Measurement.ofGroups("count", ours, two, List.of(10)),
                    Measurement.ofGroups("render", ours, two, List.of(10)));
        }

        // A process for each would take minutes; one process shows that forks start.
        @Override
        int forks(Measurement measurement) {
            return measurement.benchmark().endsWith(".get") ? 1 : 0;
        }

        // FULL runs the same code, and stores are filled with NORMAL.
        private boolean coveredByAnother(Target target) {
            return target.storage() == Storage.NORMAL;
        }
    };

    private final int forks;
    private final int warmups;
    private final Duration warmup;
    private final int iterations;
    private final Duration iteration;

    Profile(int forks, int warmups, int warmupMillis, int iterations, int iterationMillis) {
        this.forks = forks;
        this.warmups = warmups;
        this.warmup = Duration.ofMillis(warmupMillis);
        this.iterations = iterations;
        this.iteration = Duration.ofMillis(iterationMillis);
    }

    abstract List<Measurement> measurements();

    static Profile named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Whether the figures may be published and therefore must be accurate. */
    boolean claims() {
        return this != SMOKE;
    }

    /** The number of consecutive processes that repeat a measurement. */
    int forks(Measurement measurement) {
        return forks;
    }

    ChainedOptionsBuilder options(Measurement measurement, int threads) {
        return measurement
                .options(threads)
                .forks(forks(measurement))
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(warmup.toMillis()))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(iteration.toMillis()));
    }

    private static List<Target> ours(Storage storage) {
        return List.of(new Target(Product.KVSTORE, storage));
    }

    private static List<Target> without(List<Target> targets, Predicate<Target> unwanted) {
        return targets.stream().filter(unwanted.negate()).toList();
    }
}
