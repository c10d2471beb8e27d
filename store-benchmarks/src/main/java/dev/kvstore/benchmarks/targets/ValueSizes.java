package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.BenchmarkValues;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Values of several sizes in large files, compared with two kinds of tables, each better at some size. */
record ValueSizes(Scale scale) implements Measured {

    @Override
    public List<Line> measure() {
        return Stream.of(
                        new Size("100 B, a million rows", 1_000_000, 100, 1009, 5000, 500),
                        new Size("4 KB, 50,000 rows", 50_000, 4096, 503, 5000, 300),
                        new Size("100 KB, 2,000 rows", 2000, 102_400, 101, 500, 100))
                .flatMap(size -> measure(size).stream())
                .toList();
    }

    private List<Line> measure(Size size) {
        Keys keys = Keys.of(scale.of(size.rows()));
        List<Store> stores = new ArrayList<>();
        try {
            for (Product product : List.of(Product.KVSTORE, Product.RAW_ROWID, Product.RAW)) {
                stores.add(Store.onFile(product, Storage.FULL, keys, size.bytes()));
            }
            Turn turn = new Turn(keys.sample(20_011, 1), BenchmarkValues.of(1, size.values(), size.bytes()));
            MeasuredRounds gets = MeasuredRounds.of(
                    scale, stores, store -> turn.timeOfGets(store.contender(), scale.of(size.gets())));
            MeasuredRounds sets = MeasuredRounds.of(
                    scale, stores, store -> turn.timeOfSets(store.contender(), scale.of(size.sets())));
            return List.of(line("get", size, gets), line("set", size, sets));
        } finally {
            stores.forEach(Store::close);
        }
    }

    private static Line line(String work, Size size, MeasuredRounds times) {
        Goal goal = Goal.atMost(
                "`%s` of %s, file, durable, against the better of two raw tables".formatted(work, size.name()),
                1.25,
                1.1,
                "× its time");
        String figures = "KvStore %s, raw rowid %s, raw `WITHOUT ROWID` %s"
                .formatted(
                        FigureFormat.time(times.median(0)),
                        FigureFormat.time(times.median(1)),
                        FigureFormat.time(times.median(2)));
        return Line.ofWorst(goal, figures, times.ratio(0, 1), times.ratio(0, 2));
    }

    /**
     * @param values the number of different values written
     * @param gets the number of reads per round
     * @param sets the number of writes per round
     */
    private record Size(String name, int rows, int bytes, int values, int gets, int sets) {}
}
