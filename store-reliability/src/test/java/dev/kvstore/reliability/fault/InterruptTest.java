package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.Findings;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread that is interrupted before or during a call completes the call and stays interrupted. */
class InterruptTest {

    private static final int THREADS = 8;
    private static final int INTERRUPTS = Effort.of(3_000, 300_000);
    private static final int FEWER = INTERRUPTS / 10;

    @TempDir
    Path directory;

    private final Ledger ledger = new Ledger(100);

    @Test
    void everySetCompletesAndNoInterruptIsSwallowed() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            interrupt(name -> ledger.set(kv, name), INTERRUPTS);

            ledger.requireNothingLost(kv);
            assertThat(ledger.set(kv, "afterwards")).isTrue();
            Findings.record(
                    "fault-interrupts",
                    "%,d interrupts of %d threads: %s, no interrupt swallowed."
                            .formatted(INTERRUPTS, THREADS, ledger.tally()));
        }
    }

    @Test
    void everyOtherCallCompletesToo() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            interrupt(name -> ledger.note((group, key, value) -> callEveryMethod(kv, group, key, value), name), FEWER);

            ledger.requireNothingLost(kv);
        }
    }

    private static void callEveryMethod(KvStore kv, String group, String key, String value) {
        kv.set(group, key, value);
        kv.set(key, "key", value);
        kv.set(key, "expired", value, Duration.ofNanos(1));
        assertThat(kv.getAll(key)).containsEntry("key", value);
        assertThat(kv.render("[(${key})]", key)).isEqualTo(value);
        kv.delete(key, "key");
        kv.deleteGroup(key);
        kv.purgeExpired();
        assertThat(kv.count(key)).isZero();
    }

    private void interrupt(Call call, int interrupts) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Worker worker = new Worker(call, "worker " + i);
            workers.add(worker);
            worker.start();
        }
        for (int i = 0; i < interrupts; i++) {
            Worker worker = workers.get(random.nextInt(THREADS));
            // Wait first, or two interrupts would merge into one.
            assertThat(within(() -> worker.seen.get() == worker.sent))
                    .as("seed %d: interrupt %d was swallowed, or its thread hangs", seed, i)
                    .isTrue();
            LockSupport.parkNanos(random.nextInt(200_000));
            worker.sent++;
            worker.interrupt();
        }
        for (Worker worker : workers) {
            assertThat(within(() -> worker.seen.get() == worker.sent)).isTrue();
            worker.stopped = true;
            worker.join(60_000);
            assertThat(worker.isAlive()).as("seed " + seed).isFalse();
        }
        assertThat(ledger.failures()).as("seed " + seed).isEmpty();
    }

    /** The negative control: a call that clears the flag is found. */
    @Test
    void aSwallowedInterruptIsFound() throws Exception {
        Worker worker = new Worker(name -> Thread.interrupted(), "swallower");
        worker.start();
        int unseen = 0;
        for (int i = 0; i < 20; i++) {
            worker.interrupt();
            int before = worker.seen.get();
            if (!within(() -> worker.seen.get() > before, 10)) {
                unseen++;
            }
        }
        worker.stopped = true;
        worker.join();
        assertThat(unseen).isPositive();
    }

    @Test
    void anInterruptedThreadOpensAndClosesAStore() {
        Thread.currentThread().interrupt();
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("new/kvstore.db"))) {
            assertThat(ledger.set(kv, "key")).isTrue();
        }
        assertThat(Thread.interrupted()).isTrue();
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("new/kvstore.db"))) {
            ledger.requireNothingLost(kv);
        }
    }

    private static boolean within(BooleanSupplier condition) {
        return within(condition, TimeUnit.SECONDS.toMillis(60));
    }

    private static boolean within(BooleanSupplier condition, long millis) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(millis)) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    /** Makes one call after another, and counts the interrupts between them. */
    private static final class Worker extends Thread {

        private final Call call;
        private final AtomicInteger seen = new AtomicInteger();
        private int sent;
        private volatile boolean stopped;

        Worker(Call call, String name) {
            super(name);
            this.call = call;
        }

        @Override
        public void run() {
            for (int n = 0; !stopped; n++) {
                call.make(getName() + " " + n);
                if (Thread.interrupted()) {
                    // The next call begins with the flag set.
                    Thread.currentThread().interrupt();
                    call.make(getName() + " again " + n);
                    // Count only now: the next interrupt must not arrive while this flag is still set.
                    if (Thread.interrupted()) {
                        seen.incrementAndGet();
                    }
                }
            }
        }
    }

    @FunctionalInterface
    private interface Call {
        void make(String name);
    }
}
