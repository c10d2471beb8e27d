package dev.kvstore.benchmarks.targets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Threads that call without a pause. */
final class Callers {

    private Callers() {}

    /**
     * The throughput of all threads per second of one common window, so that starving threads count correctly.
     *
     * @param window the measured time, after a warm-up of a fifth of it
     * @param calls the call that each thread repeats
     */
    static double throughput(Duration window, List<Runnable> calls) {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        AtomicBoolean end = new AtomicBoolean();
        LongAdder done = new LongAdder();
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (Runnable call : calls) {
                running.add(CompletableFuture.runAsync(() -> repeat(call, done, end), threads));
            }
            TimeUnit.NANOSECONDS.sleep(window.toNanos() / 5);
            long start = System.nanoTime();
            long before = done.sum();
            TimeUnit.NANOSECONDS.sleep(window.toNanos());
            double rate = (done.sum() - before) * 1e9 / (System.nanoTime() - start);
            end.set(true);
            for (CompletableFuture<Void> thread : running) {
                thread.get();
            }
            return rate;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("A caller failed", e);
        } finally {
            end.set(true);
            threads.shutdown();
        }
    }

    private static void repeat(Runnable call, LongAdder done, AtomicBoolean end) {
        while (!end.get()) {
            call.run();
            done.increment();
        }
    }
}
