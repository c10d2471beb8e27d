package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.benchmarks.BenchmarkValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Durable writes with a condition or a result, by one caller, against a set. */
record ConditionalWrites(Scale scale) implements Measured {

    private static final String UNIT = "× a durable `set`";
    private static final List<Goal> GOALS = List.of(
            Goal.atMost("`setIfAbsent` on a live key, which must not sync", 0.2, 0.1, UNIT),
            Goal.atMost("`compareAndSet`", 1.10, 1.0, UNIT),
            Goal.atMost("`increment`", 1.10, 1.0, UNIT),
            Goal.atMost("`getAndSet`", 1.25, 1.1, UNIT),
            Goal.atMost("`update` without contention", 1.25, 1.1, UNIT));

    @Override
    public List<Line> measure() {
        int keys = scale.of(10_000);
        try (OwnStore store = OwnStore.open(Durability.FULL)) {
            List<String> groups = List.of("set", "setIfAbsent", "compareAndSet", "getAndSet", "update");
            groups.forEach(group -> store.fill(group, keys));
            List<Repeated> operations = operations(store, keys);
            MeasuredRounds times = MeasuredRounds.of(scale, operations, operation -> operation.time(scale.of(500)));
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < GOALS.size(); i++) {
                String figures = "%s, `set` %s"
                        .formatted(FigureFormat.time(times.median(i + 1)), FigureFormat.time(times.median(0)));
                lines.add(Line.of(GOALS.get(i), times.ratio(i + 1, 0), figures));
            }
            return lines;
        }
    }

    private static List<Repeated> operations(OwnStore store, int keys) {
        String[] texts = BenchmarkValues.of(1, 1009, 100);
        KvGroup<String> set = store.kv().group("set");
        KvGroup<String> absent = store.kv().group("setIfAbsent");
        KvGroup<String> compared = store.kv().group("compareAndSet");
        KvGroup<Long> counter = store.kv().group("increment", Long.class);
        KvGroup<String> swapped = store.kv().group("getAndSet");
        KvGroup<String> updated = store.kv().group("update");
        long[] versions = new long[keys];
        for (int i = 0; i < keys; i++) {
            versions[i] = compared.entry(OwnStore.key(i)).orElseThrow().version();
        }
        return List.of(
                new Repeated(i -> set.set(OwnStore.key(i % keys), texts[i % texts.length])),
                new Repeated(i -> absent.setIfAbsent(OwnStore.key(i % keys), texts[i % texts.length])),
                new Repeated(i -> {
                    OptionalLong version = compared.compareAndSet(
                            OwnStore.key(i % keys), versions[i % keys], texts[i % texts.length], Expiry.never());
                    versions[i % keys] = version.orElseThrow();
                }),
                new Repeated(i -> counter.increment(OwnStore.key(i % keys), 1)),
                new Repeated(i -> swapped.getAndSet(OwnStore.key(i % keys), texts[i % texts.length], Expiry.never())),
                new Repeated(i -> updated.update(
                        OwnStore.key(i % keys), Expiry.never(), old -> Optional.of(texts[i % texts.length]))));
    }
}
