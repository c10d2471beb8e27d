package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.benchmarks.Workspace;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;
import dev.kvstore.sqlite.SqliteKvStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The longest stall of a thread that sets without a pause while a purge removes half of all entries. */
record PurgeStall(Scale scale) implements Measured {

    private static final int ROWS = 2_000_000;

    @Override
    public List<Line> measure() {
        return List.of(
                measure(Durability.NORMAL, Storage.NORMAL, "not synced"),
                measure(Durability.FULL, Storage.FULL, "durable"));
    }

    private Line measure(Durability durability, Storage storage, String name) {
        Goal goal =
                Goal.atMost("longest `set` while a million of two million entries are purged, " + name, 100, 25, "ms");
        Keys keys = Keys.of(scale.of(ROWS));
        try (Workspace workspace = Workspace.create()) {
            new BulkFill(keys, 100, keys.rows() / 2).fill(new Target(Product.KVSTORE, storage), workspace.directory());
            try (SqliteKvStore store = SqliteKvStore.builder()
                    .file(workspace.directory().resolve("kvstore.db"))
                    .durability(durability)
                    .build()) {
                return stall(goal, keys, store);
            }
        }
    }

    private static Line stall(Goal goal, Keys keys, SqliteKvStore store) {
        Sample live = keys.sample(10_007, 1, keys.rows() / 2);
        Latencies sets = new Latencies();
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; !end.get(); i++) {
                int entry = i % live.size();
                String value = "%0100d".formatted(i);
                sets.time(() -> store.set(live.groups()[entry], live.keys()[entry], value));
            }
        });
        long start = System.nanoTime();
        long purged = store.purgeExpired();
        double purge = System.nanoTime() - start;
        end.set(true);
        writer.join();
        String figures = "%,d purged in %s; concurrent sets: median %s, 99.9th percentile %s"
                .formatted(
                        purged,
                        FigureFormat.time(purge),
                        FigureFormat.time(sets.percentile(50)),
                        FigureFormat.time(sets.percentile(99.9)));
        return Line.of(goal, sets.longest() / 1e6, figures);
    }
}
