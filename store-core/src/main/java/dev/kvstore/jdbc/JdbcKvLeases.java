package dev.kvstore.jdbc;

import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes leases. Who waits for one reads its entry now and then; in this process the holder wakes one when it closes.
 */
final class JdbcKvLeases implements KvLeases {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    // Below the greatest distance that two readings of System.nanoTime can have.
    private static final Duration LONGEST_WAIT = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final Entries entries;
    private final LeaseWaits waits = new LeaseWaits();

    JdbcKvLeases(Entries entries) {
        this.entries = entries;
    }

    @Override
    public Optional<KvLease> tryAcquire(String name, Duration duration) {
        entries.limits().checkName(name);
        LeaseTerm.check(duration);
        return take(name, duration);
    }

    private Optional<KvLease> take(String name, Duration duration) {
        return JdbcKvLease.take(entries, waits, name, duration);
    }

    @Override
    public Optional<KvLease> acquire(String name, Duration duration, Duration atMost) throws InterruptedException {
        entries.limits().checkName(name);
        LeaseTerm.check(duration);
        checkWait(atMost);
        Optional<KvLease> lease = take(name, duration);
        return lease.isPresent() || atMost.isZero() ? lease : await(name, duration, deadline(atMost));
    }

    private static void checkWait(@Nullable Duration atMost) {
        if (atMost == null) {
            throw new IllegalArgumentException("atMost must not be null");
        }
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("atMost must not be negative");
        }
    }

    private static long deadline(Duration atMost) {
        return System.nanoTime() + (atMost.compareTo(LONGEST_WAIT) < 0 ? atMost : LONGEST_WAIT).toNanos();
    }

    private Optional<KvLease> await(String name, Duration duration, long deadline) throws InterruptedException {
        Semaphore wakeUps = waits.begin(name);
        try {
            long pause = FIRST_PAUSE;
            while (true) {
                StoredEntry other = entries.read(new Query.Find(OwnGroups.LEASES, name));
                Optional<KvLease> lease = other.value() == null ? take(name, duration) : Optional.empty();
                long left = deadline - System.nanoTime();
                if (lease.isPresent() || left <= 0) {
                    return lease;
                }
                long varied = ThreadLocalRandom.current().nextLong(pause / 2, pause);
                wakeUps.tryAcquire(Math.min(Math.min(left, varied), untilEndOf(other)), TimeUnit.NANOSECONDS);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        } finally {
            waits.end(name);
        }
    }

    private long untilEndOf(StoredEntry other) {
        if (other.expiresAt() == StoredEntry.NEVER) {
            return LONGEST_PAUSE;
        }
        Duration left = Duration.between(entries.engine().now(), Instant.ofEpochMilli(other.expiresAt()));
        return left.compareTo(LONGEST_WAIT) < 0 ? left.toNanos() : LONGEST_PAUSE;
    }

    /** Whether no thread waits. */
    boolean isIdle() {
        return waits.isIdle();
    }
}
