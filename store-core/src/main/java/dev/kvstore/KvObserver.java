package dev.kvstore;

import org.jspecify.annotations.Nullable;

/**
 * Observes a store for monitoring: what it executes, how long that takes, and what fails. Set on the builder of a
 * store.
 *
 * <pre>{@code
 * class SlowOperations implements KvObserver {
 *
 *     @Override
 *     public void ended(KvOperation operation, Object started, long nanos, Throwable failure) {
 *         if (nanos > 1_000_000_000) {
 *             System.err.println(operation + " took " + Duration.ofNanos(nanos));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Observed are the operations on the database: a value that the near cache has is not one, and an {@code update}
 * that starts again counts each attempt. No method sees a group, a key or a value.
 *
 * <p>The store calls an observer from any number of threads, in the middle of its work: methods must be fast and
 * thread-safe, and must not call the store. What they throw is logged once and otherwise ignored. A store without an
 * observer does nothing for one.
 *
 * @since 0.1
 */
public interface KvObserver {

    /** The store was opened. Its status can be read at any time from now on, also after the store was closed. */
    default void opened(KvStatus status) {}

    /**
     * Returns of how many reads one is observed, chosen at random: 1 for each read, 0 for none. To look at the clock
     * twice takes a few percent of a read. Asked once, before the opening.
     */
    default int readsPerObservation() {
        return 1;
    }

    /**
     * An operation starts, on the thread that called the store.
     *
     * @return what {@link #ended} gets, on the same thread; may be null
     */
    default @Nullable Object started(KvOperation operation) {
        return null;
    }

    /**
     * An operation has ended; a write is committed, or has failed.
     *
     * @param started the result of {@link #started}
     * @param nanos how long it took, in nanoseconds
     * @param failure null if it was successful; its message may contain a group and a key
     */
    default void ended(KvOperation operation, @Nullable Object started, long nanos, @Nullable Throwable failure) {}

    /**
     * A transaction was committed. Not called for a store in memory.
     *
     * @param writes how many concurrent writes it contains; they share one sync
     * @param nanos how long the transaction took, in nanoseconds
     */
    default void committed(int writes, long nanos) {}

    /** A purge has removed rows of expired entries. */
    default void purged(long rows) {}
}
