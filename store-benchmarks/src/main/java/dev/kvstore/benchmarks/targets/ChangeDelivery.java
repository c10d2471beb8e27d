package dev.kvstore.benchmarks.targets;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.KvSubscription;
import dev.kvstore.sqlite.SqliteKvStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The time from a commit to the call of a listener, and what a subscription costs while nothing changes. A second store
 * on the same file shares nothing with the first but the file, as a second process.
 */
record ChangeDelivery(Scale scale) implements Measured {

    private static final Goal SAME_STORE = Goal.atMost("a change reaches a listener of the same store", 5, 1, "ms");
    private static final Goal OTHER_STORE =
            Goal.atMost("a change reaches a listener of another process (a second store on the file)", 50, 25, "ms");
    private static final Goal IDLE =
            Goal.atMost("a subscription while nothing changes, of one processor", 0.2, 0.1, "%");

    private static final String THREADS = "kvstore-changes";

    @Override
    public List<Line> measure() {
        try (OwnStore store = OwnStore.open(Durability.FULL);
                SqliteKvStore second = SqliteKvStore.open(store.file())) {
            return List.of(
                    delivery(SAME_STORE, store.kv(), store.kv()),
                    delivery(OTHER_STORE, second, store.kv()),
                    idle(store.kv()));
        }
    }

    private Line delivery(Goal goal, KvStore writer, KvStore listener) {
        SynchronousQueue<Long> received = new SynchronousQueue<>();
        Latencies latencies = new Latencies();
        KvSubscription subscription = listener.changes().subscribe(change -> put(received, System.nanoTime()));
        try (subscription) {
            for (int i = 0; i < scale.of(300); i++) {
                // Not in step with the listener's polls.
                LockSupport.parkNanos(7_000_000 + i * 37_000L);
                writer.set("group", OwnStore.key(i), "value");
                long committed = System.nanoTime();
                latencies.add(Math.max(0, received.take() - committed));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        String figures = "median of %d; 99th percentile %s, longest %s"
                .formatted(
                        scale.of(300),
                        FigureFormat.time(latencies.percentile(99)),
                        FigureFormat.time(latencies.longest()));
        return Line.of(goal, latencies.percentile(50) / 1e6, figures);
    }

    private static void put(SynchronousQueue<Long> received, long time) {
        try {
            received.put(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Line idle(KvStore kv) {
        KvSubscription subscription = kv.changes().subscribe(change -> {});
        try (subscription) {
            LockSupport.parkNanos(scale.window().toNanos());
            long start = System.nanoTime();
            long before = processorTime();
            LockSupport.parkNanos(40 * scale.window().toNanos());
            double share = 100.0 * (processorTime() - before) / (System.nanoTime() - start);
            return Line.of(IDLE, share, "processor time of the threads of one subscription to a file");
        }
    }

    private static long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(THREADS)) {
                sum += threads.getThreadCpuTime(thread.getId());
            }
        }
        return sum;
    }
}
