package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import java.util.List;

/** Reads of a whole group of ten thousand entries, with neighbouring groups on both sides. */
record GroupReads(Scale scale) implements Measured {

    private static final int ENTRIES = 10_000;
    private static final int COUNT = 20;

    @Override
    public List<Line> measure() {
        Keys keys = new Keys(3 * scale.of(ENTRIES), scale.of(ENTRIES));
        try (Store oursInMemory = Store.inMemory(Product.KVSTORE, keys);
                Store naiveInMemory = Store.inMemory(Product.NAIVE, keys);
                Store ours = Store.onFile(Product.KVSTORE, Storage.FULL, keys);
                Store naive = Store.onFile(Product.NAIVE, Storage.FULL, keys)) {
            return List.of(compare("in memory", oursInMemory, naiveInMemory), compare("on a file", ours, naive));
        }
    }

    private Line compare(String where, Store ours, Store naive) {
        Goal goal = Goal.atLeast(
                "`getAll` of 10,000 entries %s, against the naive loop over rows".formatted(where),
                2.5,
                3.5,
                "× faster");
        MeasuredRounds times = MeasuredRounds.of(scale, List.of(ours, naive), store -> time(store.contender()));
        String figures = "KvStore %s, naive %s"
                .formatted(FigureFormat.time(times.median(0)), FigureFormat.time(times.median(1)));
        return Line.of(goal, times.ratio(1, 0), figures);
    }

    private double time(Contender contender) {
        long start = System.nanoTime();
        for (int i = 0; i < COUNT; i++) {
            if (contender.getAll("group-1").size() != scale.of(ENTRIES)) {
                throw new IllegalStateException("The group does not have all of its entries");
            }
        }
        return (double) (System.nanoTime() - start) / COUNT;
    }
}
