package dev.kvstore;

/**
 * Writes to several entries, also of several groups, that are done together or not at all: a batch collects them, and
 * {@link #commit()} runs them in one transaction.
 *
 * <pre>{@code
 * record Accounts(KvStore kv, KvGroup<Long> cents) {
 *
 *     boolean pay(String from, String to, long amount) {
 *         KvEntry<Long> payer = cents.entry(from).orElseThrow();
 *         return payer.value() >= amount
 *                 && kv.batch()
 *                         .check(cents, from, payer.version())
 *                         .set(cents, from, payer.value() - amount)
 *                         .increment(cents, to, amount)
 *                         .commit(); // false: somebody else changed the payer; read again
 *     }
 * }
 * }</pre>
 *
 * <p>Checks see the state before the batch, wherever they were added. Writes run in the order in which they were added,
 * so that the last one to a key wins; checks and writes may name the same key. A batch is as durable as the most
 * durable of its groups, see {@link KvGroup#durability}.
 *
 * <p>Every method but {@code commit} returns this batch and does no I/O. It throws an {@link IllegalArgumentException}
 * if an argument is null or invalid, the group belongs to another store, or the batch has 10,000 operations already,
 * checks included; a {@link KvLimitException} if a key or value is too long; and an {@link IllegalStateException} after
 * {@code commit}. An operation that was refused is not part of the batch.
 *
 * <p>Not thread-safe, and used once.
 *
 * @since 0.1
 */
public interface KvBatch {

    /**
     * Requires that an entry has the version that the caller has seen.
     *
     * @param expectedVersion from {@link KvEntry#version}, not negative; 0 means that the entry must be absent
     */
    <V> KvBatch check(KvGroup<V> group, String key, long expectedVersion);

    /** Sets a value that does not expire. */
    <V> KvBatch set(KvGroup<V> group, String key, V value);

    /** Sets a value and when it expires. */
    <V> KvBatch set(KvGroup<V> group, String key, V value, Expiry expiry);

    /** Deletes an entry, if it exists. */
    KvBatch delete(KvGroup<?> group, String key);

    /** Adds to a number as {@link KvGroup#increment(String, long)} does. */
    KvBatch increment(KvGroup<Long> group, String key, long delta);

    /**
     * Runs all checks and, if they hold, all writes, in one transaction. A batch without operations returns true.
     *
     * @return false if a check failed; nothing was done then
     * @throws IllegalStateException if this batch was committed before, whatever the result was
     * @throws IllegalArgumentException if an {@link Expiry#at} is not after now
     * @throws KvTypeException if an entry to increment is not a number; nothing was done
     * @throws KvLimitException if a sum is out of the range of a long; nothing was done
     */
    boolean commit();
}
