package dev.kvstore.reliability.soak;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The load of an application: threads that read, write, expire and delete a limited number of entries, and threads that
 * read whole groups, at times without a pause between reads.
 */
final class MixedLoad {

    private static final int THREADS = 4;
    private static final int GROUP_READERS = 2;
    private static final int GROUPS = 10;
    private static final int KEYS = 100;
    private static final int LONGEST_VALUE = 4_000;
    private static final int LONGEST_TTL_SECONDS = 20;
    // A soak needs time, not load; without pauses it would occupy the whole machine.
    private static final long PAUSE_NANOS = 1_000_000;
    // All group readers read in the same spans, every fifth, so that their reads overlap.
    private static final long SPAN_NANOS = 2_000_000_000;
    private static final int SPANS = 5;

    private final KvStore kv;
    private final long seed;
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder operations = new LongAdder();
    private final Semaphore notAwaited = new Semaphore(0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    MixedLoad(KvStore kv, long seed) {
        this.kv = kv;
        this.seed = seed;
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            start("soak-" + i, () -> work(number));
        }
        for (int i = 0; i < GROUP_READERS; i++) {
            int number = i;
            start("soak-group-reader-" + i, () -> readGroups(number));
        }
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                    }
                },
                name);
        threads.add(thread);
        thread.start();
    }

    private void work(int number) {
        Random random = new Random(seed + number);
        for (int group = number; group < GROUPS; group += THREADS) {
            fill("group " + group, random);
        }
        while (!stopped) {
            operate(random);
            operations.increment();
            notAwaited.release();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void readGroups(int first) {
        for (int i = first; !stopped; i++) {
            if (System.nanoTime() / SPAN_NANOS % SPANS == 0) {
                kv.getAll("group " + i % GROUPS);
                operations.increment();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Fills the group to its maximum size, so that the file has its maximum length before the first sample. */
    private void fill(String group, Random random) {
        for (int key = 0; key < KEYS; key++) {
            kv.set(group, "key " + key, value(random));
            kv.set(group, "short " + key, value(random), Duration.ofSeconds(LONGEST_TTL_SECONDS));
        }
    }

    private void operate(Random random) {
        String group = "group " + random.nextInt(GROUPS);
        int key = random.nextInt(KEYS);
        int choice = random.nextInt(1_000);
        if (choice < 250) {
            kv.set(group, "key " + key, value(random));
        } else if (choice < 400) {
            kv.set(group, "short " + key, value(random), Duration.ofSeconds(1 + random.nextInt(LONGEST_TTL_SECONDS)));
        } else if (choice < 450) {
            kv.delete(group, "key " + key);
        } else if (choice < 950) {
            kv.get(group, "key " + key);
        } else if (choice < 970) {
            kv.getAll(group);
        } else if (choice < 980) {
            kv.render("[# th:each=\"e : ${#all}\"][(${e.key})] [/]", group);
        } else if (choice < 999) {
            kv.count(group);
        } else {
            kv.deleteGroup(group);
        }
    }

    private static String value(Random random) {
        return Long.toString(random.nextLong()).repeat(random.nextInt(LONGEST_VALUE / 20) + 1);
    }

    /** Waits for the given number of further operations; fails if a thread has failed. */
    void await(int more) throws InterruptedException {
        while (!notAwaited.tryAcquire(more, 1, TimeUnit.SECONDS)) {
            requireNoFailure();
        }
    }

    long operations() {
        return operations.sum();
    }

    /** Stops the threads, and fails if one of their calls has failed. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        requireNoFailure();
    }

    private void requireNoFailure() {
        if (failure.get() != null) {
            throw new AssertionError("seed " + seed, failure.get());
        }
    }
}
