package dev.kvstore.reliability.fault;

import dev.kvstore.KvStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Threads that write entries with keys of their own until they are stopped, and record the results without allocation,
 * since the heap may be full.
 */
final class CountedWrites {

    private static final String GROUP = "counted";
    private static final long PATIENCE_SECONDS = 120;

    private final String[][] keys;
    private final boolean[][] acknowledged;
    private final List<Thread> threads = new ArrayList<>();
    private volatile int returned;

    /** Creates writes for a number of threads, each with at most the given number of entries. */
    CountedWrites(int threads, int most) {
        this.keys = new String[threads][most];
        this.acknowledged = new boolean[threads][most];
        for (int thread = 0; thread < threads; thread++) {
            for (int n = 0; n < most; n++) {
                keys[thread][n] = thread + "." + n;
            }
        }
    }

    /** Starts all threads except the first. */
    void start(KvStore kv, BooleanSupplier ended) {
        for (int i = 1; i < keys.length; i++) {
            int thread = i;
            threads.add(new Thread(() -> {
                for (int n = 0; n < keys[thread].length && !ended.getAsBoolean(); n++) {
                    write(kv, thread, n);
                }
            }));
        }
        threads.forEach(Thread::start);
    }

    /** Writes one entry and records whether it was acknowledged. */
    @SuppressWarnings({"NonAtomicOperationOnVolatileField", "NonAtomicVolatileUpdate"}) // a sign of life, not a count
    void write(KvStore kv, int thread, int n) {
        try {
            kv.set(GROUP, keys[thread][n], keys[thread][n]);
            acknowledged[thread][n] = true;
        } catch (RuntimeException | Error failure) {
            // Only the failure matters; there may be no memory for more.
        }
        returned++;
    }

    /** Changes whenever a call has returned. */
    int returned() {
        return returned;
    }

    /** Waits until all threads have ended. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            await(thread);
        }
    }

    /** Waits until a thread has ended. Halts the process if no call has returned for a long time. */
    void await(Thread thread) throws InterruptedException {
        while (thread.isAlive()) {
            int before = returned;
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            if (thread.isAlive() && returned == before) {
                System.out.println("hangs: " + List.of(thread.getStackTrace()));
                Runtime.getRuntime().halt(1);
            }
        }
    }

    /** Compares a store with the acknowledged writes. */
    String compared(KvStore kv) {
        Map<String, String> found = kv.getAll(GROUP);
        int checked = 0;
        int lost = 0;
        for (int thread = 0; thread < keys.length; thread++) {
            for (int n = 0; n < keys[thread].length; n++) {
                if (acknowledged[thread][n]) {
                    checked++;
                    lost += keys[thread][n].equals(found.get(keys[thread][n])) ? 0 : 1;
                }
            }
        }
        return checked == 0 ? "nothing was acknowledged" : "lost " + lost;
    }
}
