package dev.kvstore;

import java.time.Duration;
import java.time.Instant;

/**
 * A lease that was taken from {@link KvLeases}. It is lost when its time is up, and ends when it is closed.
 *
 * <pre>{@code
 * record Import(KvLeases leases) {
 *
 *     void run(List<String> lines) {
 *         try (KvLease lease = leases.tryAcquire("import", Duration.ofSeconds(30)).orElseThrow()) {
 *             for (String line : lines) {
 *                 if (!lease.renew(Duration.ofSeconds(30))) {
 *                     throw new IllegalStateException("somebody else may import now");
 *                 }
 *                 System.out.println(lease.token() + " " + line); // the storage refuses smaller tokens
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Who has this object has the lease: it belongs to no thread and can be handed on. Thread-safe.
 *
 * @since 0.1
 */
public interface KvLease extends AutoCloseable {

    /** Returns the name that was asked for. */
    String name();

    /**
     * Returns the fencing token: a positive number, larger than that of every earlier holder of this name, which
     * renewing does not change. A storage that remembers the largest token it has seen, and refuses smaller ones, is
     * safe from a holder that goes on after it has lost its lease.
     */
    long token();

    /**
     * Returns when the lease ends by the store's clock unless it is renewed, as of the last successful call, in whole
     * milliseconds; {@link Instant#MAX} if that is beyond the range of the clock.
     */
    Instant expiresAt();

    /**
     * Makes the lease last for a duration from now. A lease whose time is up cannot be renewed, even if nobody has
     * taken it since. If this method throws, the lease is as it was, or renewed if the outcome is unknown; the next
     * call finds out.
     *
     * @param duration positive, rounded up to a millisecond; may be shorter than what is left
     * @return false if the lease was lost or closed; nothing was changed then
     * @throws IllegalArgumentException if {@code duration} is null, zero or negative
     */
    boolean renew(Duration duration);

    /** Gives the lease back, so that others can take it. Does nothing if it was lost or closed before. */
    @Override
    void close();
}
