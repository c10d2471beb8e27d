package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvGroup;
import dev.kvstore.benchmarks.Workspace;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.RedisCommandsOfServer;
import dev.kvstore.benchmarks.contender.Storage;
import java.util.ArrayList;
import java.util.List;

/** Counters and conditional sets of one caller, beside those of Redis on the same disk. */
record RedisOperations(Scale scale) implements Measured {

    @Override
    public List<Line> measure() {
        if (!Product.REDIS.available()) {
            return List.of(Line.notMeasured(Goal.none("beside Redis"), "redis-server is not on the path"));
        }
        List<Line> lines = new ArrayList<>();
        lines.addAll(measure(Durability.FULL, Storage.FULL, "`appendfsync always`"));
        lines.addAll(measure(Durability.NORMAL, Storage.NORMAL, "`appendfsync everysec`"));
        return lines;
    }

    private List<Line> measure(Durability durability, Storage storage, String setting) {
        try (OwnStore store = OwnStore.open(durability);
                Workspace workspace = Workspace.create();
                RedisCommandsOfServer redis = RedisCommandsOfServer.start(workspace.directory(), storage)) {
            KvGroup<Long> counters = store.kv().group("counters", Long.class);
            KvGroup<String> keys = store.kv().group("keys");
            List<Repeated> turns = List.of(
                    new Repeated(i -> counters.increment(OwnStore.key(i % 100), 1)),
                    new Repeated(i -> redis.increment(OwnStore.key(i % 100))),
                    new Repeated(i -> keys.setIfAbsent(OwnStore.key(i / 2), "taken")),
                    new Repeated(i -> redis.setIfAbsent("key-" + OwnStore.key(i / 2), "taken")));
            MeasuredRounds times = MeasuredRounds.of(scale, turns, turn -> turn.time(scale.of(500)));
            return List.of(
                    line("`increment` on a store of `" + durability + "`, against INCR of Redis, " + setting, times, 0),
                    line("`setIfAbsent`, half of the keys taken, against SET NX of Redis, " + setting, times, 2));
        }
    }

    private static Line line(String work, MeasuredRounds times, int ours) {
        return new Line(
                Goal.none(work),
                FigureFormat.number(times.ratio(ours, ours + 1)) + " × its time",
                "%s, Redis %s"
                        .formatted(FigureFormat.time(times.median(ours)), FigureFormat.time(times.median(ours + 1))));
    }
}
