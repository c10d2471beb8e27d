package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.logging.LogFactory;

/**
 * Measures what meters cost a get: two stores in one JVM, one with meters, in rounds that take turns. Run by hand; the
 * page on observability has the result.
 */
final class MetersCost {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int KEYS = 10_000;
    private static final int GETS = 20_000;
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 200;

    private MetersCost() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("meters-cost");
        KvStoreMeters meters = new KvStoreMeters(true);
        meters.bindTo(new SimpleMeterRegistry());
        try (SqliteKvStore plain = SqliteKvStore.builder()
                        .file(directory.resolve("plain.db"))
                        .build();
                SqliteKvStore metered = SqliteKvStore.builder()
                        .file(directory.resolve("metered.db"))
                        .observer(new ObserverChain(List.of(new KvStoreWatch(), meters)))
                        .build()) {
            fill(plain);
            fill(metered);
            double[] plainNanos = new double[ROUNDS];
            double[] ratios = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                boolean plainFirst = (round & 1) == 0;
                double first = nanosOfAGet(plainFirst ? plain : metered);
                double second = nanosOfAGet(plainFirst ? metered : plain);
                if (round >= 0) {
                    plainNanos[round] = plainFirst ? first : second;
                    ratios[round] = (plainFirst ? second : first) / plainNanos[round];
                }
            }
            LogFactory.getLog(MetersCost.class)
                    .info(String.format(
                            Locale.ROOT,
                            "get without meters: %.0f ns, with meters: %+.1f %% (medians of %d pairs)",
                            median(plainNanos),
                            100 * (median(ratios) - 1),
                            ROUNDS));
        }
    }

    private static void fill(KvStore store) {
        KvGroup<String> group = store.group("group");
        KvBatch batch = store.batch();
        for (int i = 0; i < KEYS; i++) {
            batch.set(group, "key" + i, "value" + i);
        }
        batch.commit();
    }

    private static double nanosOfAGet(KvStore store) {
        // The time of the processor, so that other work of the machine does not count.
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < GETS; i++) {
            if (store.get("group", "key" + ThreadLocalRandom.current().nextInt(KEYS))
                    .isEmpty()) {
                throw new IllegalStateException("an entry is missing");
            }
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / (double) GETS;
    }

    private static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
