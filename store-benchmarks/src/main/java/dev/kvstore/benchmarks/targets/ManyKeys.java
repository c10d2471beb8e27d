package dev.kvstore.benchmarks.targets;

import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import java.util.List;

/** Reads of single entries in a file with a thousand times as many entries as another. */
record ManyKeys(Scale scale) implements Measured {

    private static final Goal GET =
            Goal.atMost("`get` on 10 million keys, against 10 thousand, file, warm", 4, 2.5, "× the time");

    @Override
    public List<Line> measure() {
        Keys few = Keys.of(scale.of(10_000));
        Keys many = Keys.of(scale.of(10_000_000));
        try (Store small = Store.onFile(Product.KVSTORE, Storage.FULL, few);
                Store large = Store.onFile(Product.KVSTORE, Storage.FULL, many)) {
            List<Reader> readers = List.of(
                    new Reader(small, Turn.of(few, scale.of(200_000), 1)),
                    new Reader(large, Turn.of(many, scale.of(200_000), 1)));
            MeasuredRounds times = MeasuredRounds.of(scale, readers, reader -> reader.time(scale.of(20_000)));
            String figures =
                    "%s, against %s".formatted(FigureFormat.time(times.median(1)), FigureFormat.time(times.median(0)));
            return List.of(Line.of(GET, times.ratio(1, 0), figures));
        }
    }

    private record Reader(Store store, Turn turn) {

        double time(int count) {
            return turn.timeOfGets(store.contender(), count);
        }
    }
}
