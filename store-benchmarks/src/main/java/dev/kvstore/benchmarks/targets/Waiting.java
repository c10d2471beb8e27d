package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The tail latency with many threads: durable writes to a file. */
record Waiting(Scale scale) implements Measured {

    private static final Goal GET = Goal.atMost(
            "99th percentile of `get` among 10 % `set`, 8 threads, file, durable, against the naive design",
            0.1, 0.02, "× its time");
    private static final Goal SET = Goal.none("99.9th percentile of a durable `set`, 64 callers");

    @Override
    public List<Line> measure() {
        return List.of(getAmongSets(), setAmongSets());
    }

    private Line getAmongSets() {
        Keys keys = Keys.of(scale.of(10_000));
        List<Turn> turns = ManyCallers.turns(keys, 8);
        try (Store ours = Store.onFile(Product.KVSTORE, Storage.FULL, keys);
                Store naive = Store.onFile(Product.NAIVE, Storage.FULL, keys)) {
            MeasuredRounds times = MeasuredRounds.of(
                    scale,
                    List.of(ours, naive),
                    store -> percentile(turns, 99, turn -> {
                        Latencies gets = new Latencies();
                        return new Caller(gets, mixed(turn, store.contender(), gets));
                    }));
            String figures = "KvStore %s, naive %s"
                    .formatted(FigureFormat.time(times.median(0)), FigureFormat.time(times.median(1)));
            return Line.of(GET, times.ratio(0, 1), figures);
        }
    }

    private static Runnable mixed(Turn turn, Contender contender, Latencies gets) {
        int[] calls = {0};
        return () -> {
            if (++calls[0] % 10 == 0) {
                turn.set(contender);
            } else {
                gets.time(() -> turn.get(contender));
            }
        };
    }

    private Line setAmongSets() {
        Keys keys = Keys.of(scale.of(10_000));
        List<Turn> turns = ManyCallers.turns(keys, 64);
        try (Store ours = Store.onFile(Product.KVSTORE, Storage.FULL, keys)) {
            ToDoubleFunction<Double> measurement = percent -> percentile(turns, percent, turn -> {
                Latencies sets = new Latencies();
                return new Caller(sets, () -> sets.time(() -> turn.set(ours.contender())));
            });
            MeasuredRounds times = MeasuredRounds.of(scale, List.of(99.9, 50.0), measurement);
            return new Line(
                    SET,
                    FigureFormat.time(times.median(0)),
                    "median %s, so %s × it"
                            .formatted(FigureFormat.time(times.median(1)), FigureFormat.number(times.ratio(0, 1))));
        }
    }

    private double percentile(List<Turn> turns, double percent, Function<Turn, Caller> caller) {
        List<Caller> callers = turns.stream().map(caller).toList();
        List<Runnable> calls = new ArrayList<>();
        callers.forEach(each -> calls.add(each.call()));
        Callers.throughput(scale.window(), calls);
        Latencies all = new Latencies();
        callers.forEach(each -> all.addAll(each.latencies()));
        return all.percentile(percent);
    }

    private record Caller(Latencies latencies, Runnable call) {}
}
