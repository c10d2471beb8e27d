package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;
import java.util.List;

/** Entries that the cache of the store has, read by one thread. */
record CacheHit(Scale scale) implements Measured {

    private static final Goal HIT =
            Goal.atMost("`get` of what the near cache has (`kvstore.near-cache`)", 0.5, 0.5, "µs");

    @Override
    public List<Line> measure() {
        Keys keys = Keys.of(scale.of(10_000));
        Turn turn = Turn.of(keys, keys.rows(), 1);
        int count = scale.of(1_000_000);
        try (Store cached = Store.filledOneByOne(new Target(Product.KVSTORE_CACHED, Storage.FULL), keys);
                Store uncached = Store.onFile(Product.KVSTORE, Storage.FULL, keys)) {
            double hit = Rounds.of(scale, List.of(cached), store -> turn.timeOfGets(store.contender(), count))
                    .median(0);
            double miss = Rounds.of(scale, List.of(uncached), store -> turn.timeOfGets(store.contender(), count / 50))
                    .median(0);
            String figures = "%s, without the cache %s".formatted(Figures.time(hit), Figures.time(miss));
            return List.of(Line.of(HIT, hit / 1000, figures));
        }
    }
}
