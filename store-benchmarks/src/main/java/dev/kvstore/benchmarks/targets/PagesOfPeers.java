package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.benchmarks.BenchmarkValues;
import dev.kvstore.benchmarks.Workspace;
import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import dev.kvstore.benchmarks.contender.Target;
import java.util.List;
import java.util.stream.Stream;

/** Pages of 100 entries out of a million, each from another place, beside those of ordered maps on the same disk. */
record PagesOfPeers(Scale scale) implements Measured {

    private static final int PAGE = 100;
    private static final int STRIDE = 7_919;
    private static final String GROUP = "group";

    private static final List<Target> PEERS =
            List.of(new Target(Product.ROCKSDB, Storage.NORMAL), new Target(Product.MVSTORE, Storage.FULL));

    @Override
    public List<Line> measure() {
        return PEERS.stream().flatMap(this::measure).toList();
    }

    private Stream<Line> measure(Target peer) {
        int entries = scale.of(1_000_000);
        try (OwnStore store = OwnStore.open(Durability.FULL);
                Workspace workspace = Workspace.create();
                Contender contender = filled(peer, workspace, entries)) {
            store.fill(GROUP, entries);
            KvGroup<String> group = store.kv().group(GROUP);
            List<Repeated> reads = List.of(
                    new Repeated(i -> requireSome(page(group, from(i, entries)))),
                    new Repeated(i -> requireSome(
                            contender.page(GROUP, from(i, entries), PAGE).entrySet())));
            MeasuredRounds times = MeasuredRounds.of(scale, reads, read -> read.time(scale.of(500)));
            return Stream.of(new Line(
                    Goal.none("`page` of 100 out of a million, against "
                            + peer.product().label()),
                    FigureFormat.number(times.ratio(0, 1)) + " × its time",
                    "%s, against %s"
                            .formatted(FigureFormat.time(times.median(0)), FigureFormat.time(times.median(1)))));
        }
    }

    private static Contender filled(Target peer, Workspace workspace, int entries) {
        String[] texts = BenchmarkValues.of(0, 1009, 100);
        try (Contender filling = peer.filling().open(workspace.directory())) {
            for (int i = 0; i < entries; i++) {
                filling.set(GROUP, OwnStore.key(i), texts[i % texts.length]);
            }
        }
        return peer.open(workspace.directory());
    }

    private static List<KvEntry<String>> page(KvGroup<String> group, String from) {
        return group.page(KvRange.all().from(from).limit(PAGE)).entries();
    }

    private static String from(int number, int entries) {
        return OwnStore.key((int) ((long) number * STRIDE % (entries - PAGE)));
    }

    private static void requireSome(Iterable<?> page) {
        if (!page.iterator().hasNext()) {
            throw new IllegalStateException("The page is empty");
        }
    }
}
