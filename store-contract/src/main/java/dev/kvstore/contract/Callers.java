package dev.kvstore.contract;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads of one test that call a store. */
final class Callers implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    <T> Future<T> submit(Callable<T> call) {
        return threads.submit(call);
    }

    /** Submits a call, and returns once it waits. */
    <T> Future<T> submitWaiting(Callable<T> call) {
        return submitInterruptible(call).result();
    }

    /** Submits a call, and returns once it waits. */
    <T> Interruptible<T> submitInterruptible(Callable<T> call) {
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        Future<T> result = threads.submit(() -> {
            caller.complete(Thread.currentThread());
            return call.call();
        });
        awaitWaiting(caller.join());
        return new Interruptible<>(result, caller.join());
    }

    /** A call that waits. */
    record Interruptible<T>(Future<T> result, Thread thread) {

        void interrupt() {
            thread.interrupt();
        }

        /** Returns once the thread waits again. */
        void interruptAndAwait() {
            thread.interrupt();
            while (thread.isInterrupted()) {
                Thread.onSpinWait();
            }
            awaitWaiting(thread);
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
