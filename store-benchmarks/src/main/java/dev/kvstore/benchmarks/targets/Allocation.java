package dev.kvstore.benchmarks.targets;

import com.sun.management.ThreadMXBean;
import dev.kvstore.benchmarks.contender.Contender;
import dev.kvstore.benchmarks.contender.Product;
import dev.kvstore.benchmarks.contender.Storage;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** The heap allocation of an operation, on all threads. */
record Allocation(Scale scale) implements Measured {

    private static final Goal GET = Goal.atMost("bytes allocated per `get`", 900, 600, "B");
    private static final Goal SET = Goal.atMost("bytes allocated per `set`", 1200, 800, "B");

    @Override
    public List<Line> measure() {
        Keys keys = Keys.of(scale.of(10_000));
        try (Store memory = Store.inMemory(Product.KVSTORE, keys);
                Store file = Store.onFile(Product.KVSTORE, Storage.FULL, keys);
                Store raw = Store.inMemory(Product.RAW, keys)) {
            List<Store> stores = List.of(memory, file, raw);
            Turn turn = Turn.of(keys, keys.rows(), 1);
            int count = scale.of(10_000);
            MeasuredRounds gets =
                    MeasuredRounds.of(scale, stores, store -> bytes(turn, Turn::get, store.contender(), count));
            MeasuredRounds sets =
                    MeasuredRounds.of(scale, stores, store -> bytes(turn, Turn::set, store.contender(), count));
            return List.of(line(GET, gets), line(SET, sets));
        }
    }

    private static Line line(Goal goal, MeasuredRounds bytes) {
        String figures = "in memory %s, file %s, raw driver %s"
                .formatted(
                        FigureFormat.number(bytes.median(0)),
                        FigureFormat.number(bytes.median(1)),
                        FigureFormat.number(bytes.median(2)));
        return Line.ofWorst(goal, figures, bytes.median(0), bytes.median(1));
    }

    private static double bytes(Turn turn, BiConsumer<Turn, Contender> work, Contender contender, int count) {
        long before = allocated();
        for (int i = 0; i < count; i++) {
            work.accept(turn, contender);
        }
        return (double) (allocated() - before) / count;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
    }
}
