package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.benchmarks.BenchmarkValues;
import dev.kvstore.sqlite.SqliteKvStore;
import java.util.List;

/** Writes of one caller while somebody subscribes to the changes, against writes without a subscription. */
record SubscribedWrites(Scale scale) implements Measured {

    private static final Goal DURABLE =
            Goal.atMost("durable `set` while somebody subscribes, against one without", 1.10, 1.0, "× its time");
    private static final Goal IN_MEMORY =
            Goal.atMost("`set` in memory while somebody subscribes, against one without", 1.30, 1.1, "× its time");

    @Override
    public List<Line> measure() {
        try (OwnStore subscribed = OwnStore.open(Durability.FULL);
                OwnStore plain = OwnStore.open(Durability.FULL);
                SqliteKvStore subscribedMemory = SqliteKvStore.inMemory();
                SqliteKvStore plainMemory = SqliteKvStore.inMemory()) {
            return List.of(
                    measure(DURABLE, subscribed.kv(), plain.kv(), 1_000),
                    measure(IN_MEMORY, subscribedMemory, plainMemory, 50_000));
        }
    }

    private Line measure(Goal goal, KvStore subscribed, KvStore plain, int sets) {
        subscribed.changes().subscribe(change -> {});
        MeasuredRounds times =
                MeasuredRounds.of(scale, List.of(sets(subscribed), sets(plain)), set -> set.time(scale.of(sets)));
        String figures = "%s, without a subscription %s"
                .formatted(FigureFormat.time(times.median(0)), FigureFormat.time(times.median(1)));
        return Line.of(goal, times.ratio(0, 1), figures);
    }

    private Repeated sets(KvStore kv) {
        String[] texts = BenchmarkValues.of(1, 1009, 100);
        int keys = scale.of(10_000);
        return new Repeated(i -> kv.set("group", OwnStore.key(i % keys), texts[i % texts.length]));
    }
}
