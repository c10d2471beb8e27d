package dev.kvstore.jdbc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** The threads of this process that wait for leases. */
final class LeaseWaits {

    private final ConcurrentMap<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** Some threads that wait for one lease. */
    private record Waiting(Semaphore wakeUps, int threads) {

        Waiting plus(int more) {
            return new Waiting(wakeUps, threads + more);
        }
    }

    /**
     * Announces a thread that is going to wait, before it finds out whether the lease is free, so that no release in
     * between is missed. Each release adds a permit.
     */
    Semaphore begin(String name) {
        return waiting.merge(name, new Waiting(new Semaphore(0), 1), (others, one) -> others.plus(1))
                .wakeUps();
    }

    void end(String name) {
        waiting.computeIfPresent(name, (same, all) -> all.threads() == 1 ? null : all.plus(-1));
    }

    /** Wakes one of those who wait for a lease that is free now. */
    void wakeOne(String name) {
        Waiting some = waiting.get(name);
        if (some != null) {
            some.wakeUps().release();
        }
    }

    /** Whether no thread waits. */
    boolean isIdle() {
        return waiting.isEmpty();
    }
}
