package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import java.util.List;

/** Reads and writes of single entries, by one thread. */
record OneCaller(Scale scale) implements Measured {

    private static final Goal GET =
            Goal.atMost("`get` in memory, against the raw driver's cached statement", 1.30, 1.15, "× its time");
    private static final Goal SET =
            Goal.atMost("`set` in memory, against the raw driver with its defaults", 0.75, 0.60, "× its time");
    private static final Goal DURABLE =
            Goal.atMost("durable `set`, 1 caller, against the raw driver's autocommit", 1.10, 1.0, "× its time");

    @Override
    public List<Line> measure() {
        return List.of(get(), set(), durableSet());
    }

    private Line get() {
        Keys keys = Keys.of(scale.of(10_000));
        Turn turn = Turn.of(keys, keys.rows(), 1);
        int count = scale.of(20_000);
        try (Store ours = Store.inMemory(Product.KVSTORE, keys);
                Store raw = Store.inMemory(Product.RAW, keys)) {
            MeasuredRounds times =
                    MeasuredRounds.of(scale, List.of(ours, raw), store -> turn.timeOfGets(store.contender(), count));
            return Line.of(GET, times.ratio(0, 1), times(times, "raw"));
        }
    }

    private Line set() {
        Keys keys = Keys.of(scale.of(10_000));
        Turn turn = Turn.of(keys, keys.rows(), 1);
        int count = scale.of(20_000);
        try (Store ours = Store.inMemory(Product.KVSTORE, keys);
                Store defaults = Store.inMemory(Product.RAW_DEFAULTS, keys);
                Store raw = Store.inMemory(Product.RAW, keys)) {
            MeasuredRounds times = MeasuredRounds.of(
                    scale, List.of(ours, defaults, raw), store -> turn.timeOfSets(store.contender(), count));
            String figures = "%s; raw without generated keys %s, KvStore takes %s × that"
                    .formatted(
                            times(times, "raw"),
                            FigureFormat.time(times.median(2)),
                            FigureFormat.number(times.ratio(0, 2)));
            return Line.of(SET, times.ratio(0, 1), figures);
        }
    }

    private Line durableSet() {
        Keys keys = Keys.of(scale.of(10_000));
        Turn turn = Turn.of(keys, keys.rows(), 1);
        // In the first two seconds after a change in its directory, the store checks the WAL before each write.
        int count = scale.of(2000);
        try (Store ours = Store.onFile(Product.KVSTORE, Storage.FULL, keys);
                Store raw = Store.onFile(Product.RAW, Storage.FULL, keys)) {
            MeasuredRounds times =
                    MeasuredRounds.of(scale, List.of(ours, raw), store -> turn.timeOfSets(store.contender(), count));
            return Line.of(DURABLE, times.ratio(0, 1), times(times, "raw"));
        }
    }

    private static String times(MeasuredRounds times, String other) {
        return "KvStore %s, %s %s"
                .formatted(FigureFormat.time(times.median(0)), other, FigureFormat.time(times.median(1)));
    }
}
