package dev.kvstore.reliability.fault;

import dev.kvstore.KvStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Threads that each write entries of keys of their own until there is an end, and note without allocating what they were
 * told: the heap may be full.
 */
final class CountedWrites {

    private static final String GROUP = "counted";
    private static final long PATIENCE_SECONDS = 120;

    private final String[][] keys;
    private final boolean[][] acknowledged;
    private final List<Thread> threads = new ArrayList<>();
    private volatile int returned;

    /** So many threads, each of which writes at most so many entries. */
    CountedWrites(int threads, int most) {
        this.keys = new String[threads][most];
        this.acknowledged = new boolean[threads][most];
        for (int thread = 0; thread < threads; thread++) {
            for (int n = 0; n < most; n++) {
                keys[thread][n] = thread + "." + n;
            }
        }
    }

    /** Starts all threads but the first. */
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

    /** Writes one entry and notes whether it was acknowledged. */
    @SuppressWarnings({"NonAtomicOperationOnVolatileField", "NonAtomicVolatileUpdate"}) // a sign of life, no count
    void write(KvStore kv, int thread, int n) {
        try {
            kv.set(GROUP, keys[thread][n], keys[thread][n]);
            acknowledged[thread][n] = true;
        } catch (RuntimeException | Error told) {
            // Told is what counts; there may be no memory to say more.
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

    /** Waits until a thread has ended. Ends the process when no call has returned for a long time. */
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

    /** What a store holds of what was acknowledged. */
    String compared(KvStore kv) {
        Map<String, String> found = kv.getAll(GROUP);
        int told = 0;
        int lost = 0;
        for (int thread = 0; thread < keys.length; thread++) {
            for (int n = 0; n < keys[thread].length; n++) {
                if (acknowledged[thread][n]) {
                    told++;
                    lost += keys[thread][n].equals(found.get(keys[thread][n])) ? 0 : 1;
                }
            }
        }
        return told == 0 ? "nothing was acknowledged" : "lost " + lost;
    }
}
