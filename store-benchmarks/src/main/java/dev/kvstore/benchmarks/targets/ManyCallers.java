package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads and writes of single entries in a file, by many threads. */
record ManyCallers(Scale scale) implements Measured {

    private static final Goal GET_BESIDE_RAW =
            Goal.atLeast("`get` on a file, 8 threads, against one shared connection", 1.5, 1.9, "× its throughput");
    private static final Goal GET_BESIDE_NAIVE =
            Goal.atLeast("`get` on a file, 8 threads, against the naive design", 4, 8, "× its throughput");
    private static final Goal SYNCED = Goal.atLeast(
            "durable `set`, 32 callers, against a durable transaction for each", 6, 10, "× its throughput");
    private static final Goal NOT_SYNCED = Goal.atLeast(
            "durable `set`, 32 callers, against a transaction for each that is **not** durable",
            0.7,
            1.0,
            "× its throughput");

    @Override
    public List<Line> measure() {
        List<Line> lines = new ArrayList<>(gets());
        lines.addAll(sets());
        return lines;
    }

    private List<Line> gets() {
        Keys keys = Keys.of(scale.of(10_000));
        List<Turn> turns = turns(keys, 8);
        try (Store ours = Store.onFile(Product.KVSTORE, Storage.FULL, keys);
                Store raw = Store.onFile(Product.RAW, Storage.FULL, keys);
                Store naive = Store.onFile(Product.NAIVE, Storage.FULL, keys)) {
            MeasuredRounds rates =
                    MeasuredRounds.of(scale, List.of(ours, raw, naive), store -> throughput(store, turns, Turn::get));
            String rawRates = rates(rates, 1, "raw behind a lock");
            String naiveRates = rates(rates, 2, "naive");
            return List.of(
                    Line.of(GET_BESIDE_RAW, rates.ratio(0, 1), rawRates),
                    Line.of(GET_BESIDE_NAIVE, rates.ratio(0, 2), naiveRates));
        }
    }

    private List<Line> sets() {
        Keys keys = Keys.of(scale.of(10_000));
        List<Turn> turns = turns(keys, 32);
        try (Store ours = Store.onFile(Product.KVSTORE, Storage.FULL, keys);
                Store synced = Store.onFile(Product.RAW, Storage.FULL, keys);
                Store notSynced = Store.onFile(Product.RAW, Storage.NORMAL, keys)) {
            MeasuredRounds rates = MeasuredRounds.of(
                    scale, List.of(ours, synced, notSynced), store -> throughput(store, turns, Turn::set));
            return List.of(
                    Line.of(SYNCED, rates.ratio(0, 1), rates(rates, 1, "raw, synced")),
                    Line.of(NOT_SYNCED, rates.ratio(0, 2), rates(rates, 2, "raw, not synced")));
        }
    }

    private double throughput(Store store, List<Turn> turns, BiConsumer<Turn, Contender> work) {
        List<Runnable> calls = new ArrayList<>();
        for (Turn turn : turns) {
            calls.add(() -> work.accept(turn, store.contender()));
        }
        return Callers.throughput(scale.window(), calls);
    }

    static List<Turn> turns(Keys keys, int threads) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            turns.add(Turn.of(keys, keys.rows(), i));
        }
        return turns;
    }

    private static String rates(MeasuredRounds rates, int other, String name) {
        return "KvStore %s, %s %s"
                .formatted(FigureFormat.rate(rates.median(0)), name, FigureFormat.rate(rates.median(other)));
    }
}
