package dev.kvstore;

import java.time.Duration;
import java.util.Optional;

/**
 * Leases: who has the lease of a name is the only one, among all threads and processes that use the store, until it is
 * closed or its time is up.
 *
 * <pre>{@code
 * record Reports(KvLeases leases, JdbcTemplate warehouse) {
 *
 *     void publishDaily(String report) {
 *         leases.tryAcquire("daily-report", Duration.ofMinutes(10)).ifPresent(lease -> {
 *             try (lease) {
 *                 store(report, lease.token());
 *             }
 *         });
 *     }
 *
 *     // The storage refuses whoever has lost the lease to somebody else, and does not know it yet.
 *     private void store(String report, long token) {
 *         int stored = warehouse.update(
 *                 "UPDATE report SET content = ?, token = ? WHERE token <= ?", report, token, token);
 *         if (stored == 0) {
 *             throw new IllegalStateException("somebody else has the lease");
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A lease is no mutex: a holder that is delayed, for example by a paused process, may go on after its time is up,
 * when somebody else has the lease already. Where that does harm, let the storage compare {@link KvLease#token()}, as
 * above.
 *
 * <p>Names are any valid Unicode text, and have nothing to do with groups and keys: no other method sees leases.
 * Durations are positive, and are rounded up to a millisecond. Names and durations that are null or invalid are an
 * {@link IllegalArgumentException}, a name that is too long is a {@link KvLimitException}. After the store was closed,
 * every method is a {@link KvClosedException}, as are those of a lease that it still had. The other errors are those of
 * {@link KvStore}. A call that fails with an unknown outcome may have taken the lease, which then is free when its time
 * is up.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface KvLeases {

    /**
     * Takes the lease of a name if nobody has it.
     *
     * @param duration how long the lease lasts unless it is renewed
     * @return the lease, or empty if somebody has it, be it another part of this thread
     */
    Optional<KvLease> tryAcquire(String name, Duration duration);

    /**
     * Takes the lease of a name, and waits for it if somebody has it. Who waits longest need not be the first to get
     * it.
     *
     * @param duration how long the lease lasts from the moment it is taken, unless it is renewed
     * @param atMost how long to wait, not negative; zero tries once
     * @return the lease, or empty if the time to wait is over
     * @throws InterruptedException if the thread is interrupted while it waits; it has no lease then
     */
    Optional<KvLease> acquire(String name, Duration duration, Duration atMost) throws InterruptedException;
}
