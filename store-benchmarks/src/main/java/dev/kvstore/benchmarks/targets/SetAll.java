package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvGroup;
import dev.kvstore.benchmarks.BenchmarkValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Many entries set in one transaction, against as many sets. */
record SetAll(Scale scale) implements Measured {

    private static final Goal GOAL =
            Goal.atMost("durable `setAll` of 1,000 entries, against 1,000 sets", 0.05, 0.03, "× their time");

    @Override
    public List<Line> measure() {
        int entries = scale.of(1_000);
        String[] texts = BenchmarkValues.of(1, 1009, 100);
        try (OwnStore store = OwnStore.open(Durability.FULL)) {
            KvGroup<String> group = store.kv().group("group");
            Repeated together = new Repeated(turn -> {
                Map<String, String> all = new HashMap<>();
                for (int i = 0; i < entries; i++) {
                    all.put(OwnStore.key(i), texts[(i + turn) % texts.length]);
                }
                group.setAll(all);
            });
            Repeated apart = new Repeated(turn -> {
                for (int i = 0; i < entries; i++) {
                    group.set(OwnStore.key(i), texts[(i + turn + 1) % texts.length]);
                }
            });
            MeasuredRounds times = MeasuredRounds.of(scale, List.of(together, apart), turn -> turn.time(1));
            String figures =
                    "%s, against %s".formatted(FigureFormat.time(times.median(0)), FigureFormat.time(times.median(1)));
            return List.of(Line.of(GOAL, times.ratio(0, 1), figures));
        }
    }
}
