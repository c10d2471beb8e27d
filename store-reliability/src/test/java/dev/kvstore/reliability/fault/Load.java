package dev.kvstore.reliability.fault;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** Threads that write and read until they are stopped, also after failures, and record the results in a ledger. */
final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KvStore kv;
    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final List<Throwable> failedReads = new ArrayList<>();
    private volatile boolean stopped;

    Load(KvStore kv, Ledger ledger, int threads) {
        this.kv = kv;
        this.ledger = ledger;
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::work, "load-" + i);
            this.threads.add(thread);
            thread.start();
        }
    }

    private void work() {
        String name = Thread.currentThread().getName();
        for (int n = 0; !stopped; n++) {
            if (!ledger.set(kv, name + " " + n)) {
                failing.add(name);
            }
            try {
                kv.get(Ledger.GROUP, name + " 0");
            } catch (Throwable e) {
                synchronized (failedReads) {
                    failedReads.add(e);
                }
            }
        }
    }

    /** The reads that failed. */
    List<Throwable> failedReads() {
        synchronized (failedReads) {
            return List.copyOf(failedReads);
        }
    }

    Load awaitFailureOfEachThread() {
        Awaitility.await().atMost(PATIENCE).until(() -> failing.size() == threads.size());
        return this;
    }

    /** Waits for the given number of further acknowledgements. */
    Load awaitAcknowledgements(int more) {
        int goal = ledger.acknowledgements() + more;
        Awaitility.await().atMost(PATIENCE).until(() -> ledger.acknowledgements() >= goal);
        return this;
    }

    /** Stops the threads after their current calls. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                throw new AssertionError(thread.getName() + " hangs");
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
