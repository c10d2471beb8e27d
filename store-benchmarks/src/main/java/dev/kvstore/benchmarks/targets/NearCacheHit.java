package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;
import java.util.List;

/** Reads of entries in the near cache, by one thread. */
record NearCacheHit(Scale scale) implements Measured {

    private static final Goal HIT =
            Goal.atMost("`get` of an entry in the near cache (`kvstore.near-cache`)", 0.5, 0.5, "µs");

    @Override
    public List<Line> measure() {
        Keys keys = Keys.of(scale.of(10_000));
        Turn turn = Turn.of(keys, keys.rows(), 1);
        int count = scale.of(1_000_000);
        try (Store cached = Store.filledOneByOne(new Target(Product.KVSTORE_CACHED, Storage.FULL), keys);
                Store uncached = Store.onFile(Product.KVSTORE, Storage.FULL, keys)) {
            double hit = MeasuredRounds.of(scale, List.of(cached), store -> turn.timeOfGets(store.contender(), count))
                    .median(0);
            double miss = MeasuredRounds.of(
                            scale, List.of(uncached), store -> turn.timeOfGets(store.contender(), count / 50))
                    .median(0);
            String figures = "%s, without the near cache %s".formatted(FigureFormat.time(hit), FigureFormat.time(miss));
            return List.of(Line.of(HIT, hit / 1000, figures));
        }
    }
}
