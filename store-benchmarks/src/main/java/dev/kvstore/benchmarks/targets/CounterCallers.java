package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvGroup;
import dev.kvstore.benchmarks.BenchmarkValues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** One counter that many callers increment, against sets of as many callers. */
record CounterCallers(Scale scale) implements Measured {

    private static final int CALLERS = 32;

    private static final Goal GOAL = Goal.atLeast(
            "durable `increment` of one counter, 32 callers, against sets of different keys",
            0.8,
            1.0,
            "× the throughput");

    @Override
    public List<Line> measure() {
        try (OwnStore store = OwnStore.open(Durability.FULL)) {
            KvGroup<Long> counters = store.kv().group("counters", Long.class);
            List<Runnable> increments = callers(caller -> () -> counters.increment("counter", 1));
            List<Runnable> sets = callers(caller -> setter(store.kv().group("sets"), caller));
            MeasuredRounds rates = MeasuredRounds.of(
                    scale, List.of(increments, sets), calls -> Callers.throughput(scale.window(), calls));
            String figures =
                    "%s, `set` %s".formatted(FigureFormat.rate(rates.median(0)), FigureFormat.rate(rates.median(1)));
            return List.of(Line.of(GOAL, rates.ratio(0, 1), figures));
        }
    }

    private static Runnable setter(KvGroup<String> group, int caller) {
        String[] texts = BenchmarkValues.of(caller + 1, 1009, 100);
        int[] next = {0};
        return () -> {
            int i = next[0]++;
            group.set(OwnStore.key(caller * 1_000 + i % 1_000), texts[i % texts.length]);
        };
    }

    private static List<Runnable> callers(IntFunction<Runnable> caller) {
        List<Runnable> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(caller.apply(i));
        }
        return callers;
    }
}
