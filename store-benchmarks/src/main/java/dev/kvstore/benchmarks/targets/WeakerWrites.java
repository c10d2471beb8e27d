package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvGroup;
import dev.kvstore.benchmarks.BenchmarkValues;
import java.util.List;

/** Writes through a view of weaker durability than the store's, by one caller. */
record WeakerWrites(Scale scale) implements Measured {

    private static final Goal AGAINST_NORMAL = Goal.atMost(
            "`set` by `durability(NORMAL)` on a store of `FULL`, against a store of `NORMAL`", 1.18, 1.0, "× its time");
    private static final Goal AGAINST_FULL = Goal.atMost("the same, against a durable `set`", 0.2, 0.1, "× its time");

    @Override
    public List<Line> measure() {
        try (OwnStore full = OwnStore.open(Durability.FULL);
                OwnStore normal = OwnStore.open(Durability.NORMAL)) {
            List<Repeated> sets = List.of(
                    sets(full.kv().group("weaker").durability(Durability.NORMAL)),
                    sets(normal.kv().group("group")),
                    sets(full.kv().group("group")));
            MeasuredRounds times = MeasuredRounds.of(scale, sets, set -> set.time(scale.of(1_000)));
            String figures = "%s; store of `NORMAL` %s; durable %s"
                    .formatted(
                            FigureFormat.time(times.median(0)),
                            FigureFormat.time(times.median(1)),
                            FigureFormat.time(times.median(2)));
            return List.of(
                    Line.of(AGAINST_NORMAL, times.ratio(0, 1), figures),
                    Line.of(AGAINST_FULL, times.ratio(0, 2), figures));
        }
    }

    private Repeated sets(KvGroup<String> group) {
        String[] texts = BenchmarkValues.of(1, 1009, 100);
        int keys = scale.of(10_000);
        return new Repeated(i -> group.set(OwnStore.key(i % keys), texts[i % texts.length]));
    }
}
