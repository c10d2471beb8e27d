package dev.kvstore;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * The entries of one group, with values of one type: a view of a {@link KvStore}. Making one costs no I/O; keep it in a
 * field or make it anew, as you like.
 *
 * <pre>{@code
 * class LoginCodes {
 *
 *     private final KvGroup<String> codes;
 *
 *     LoginCodes(KvStore kv) {
 *         codes = kv.group("login-codes");
 *     }
 *
 *     void issue(String user, String code) {
 *         codes.set(user, code, Duration.ofMinutes(5));
 *     }
 *
 *     boolean redeem(String user, String code) {
 *         return codes.getAndDelete(user).filter(code::equals).isPresent(); // at most once, whoever else tries
 *     }
 * }
 * }</pre>
 *
 * <p><b>One operation, one moment.</b> Each method is atomic, and committed when it returns, whoever else writes in
 * whatever thread or process; exceptions are {@link #entries}, {@link #keys}, {@link #update}, {@link #getOrCompute}
 * and {@link #asMap}, which say what they are made of. No call joins a transaction of the caller.
 *
 * <p><b>Live.</b> An entry is live if it has no expiry or one later than now by the store's clock. One that is not live
 * is absent for every method, also for conditions: {@link #setIfAbsent} succeeds on it, {@link #increment} starts at 0.
 *
 * <p><b>Version.</b> Each write gives the entry a new version, also if the value is the same; see
 * {@link KvEntry#version}.
 *
 * <p><b>Expiry.</b> A write without an expiry means {@link Expiry#never()}. An {@link Expiry#at} that is not after now
 * is an {@link IllegalArgumentException}.
 *
 * <p><b>Values</b> and keys are never null: null is an {@link IllegalArgumentException}, as are keys and texts with an
 * unpaired surrogate and values that the codec cannot encode, before anything is read or written. What is stored but is
 * no value of the type is a {@link KvTypeException} on every method that returns it. A key or value that is too long is
 * a {@link KvLimitException}. After the store was closed, every method that reads or writes throws a
 * {@link KvClosedException}, and so does a stream at its next page. The other errors, and what an interrupt does, are
 * those of {@link KvStore}.
 *
 * <p>Immutable and thread-safe. Calls block.
 *
 * @param <V> the type of the values
 * @since 0.1
 */
public interface KvGroup<V> {

    /** Returns the name of the group. */
    String name();

    /**
     * Returns a view of the same group whose writes are as durable as said. With {@link Durability#NORMAL} on a store
     * of {@link Durability#FULL}, a write is committed and seen by all when the method returns, survives the end of the
     * process at once, and a power cut once a later write of {@code FULL} or a checkpoint has synced: for sessions,
     * rate limits and caches. On a store of {@code NORMAL} every write is {@code NORMAL}. Reads are the same.
     *
     * @throws IllegalArgumentException if {@code durability} is null
     */
    KvGroup<V> durability(Durability durability);

    /** Returns the value of a live entry, or empty if the entry is absent or expired. */
    Optional<V> get(String key);

    /**
     * Returns the value of an entry that must exist.
     *
     * @throws KvNotFoundException if the entry is absent or expired
     */
    V require(String key);

    /** Returns a live entry with its version and expiry, or empty if it is absent or expired. */
    Optional<KvEntry<V>> entry(String key);

    /** Returns whether an entry is live, without reading its value. */
    boolean contains(String key);

    /**
     * Returns all live entries as of one moment.
     *
     * @return an unmodifiable map, ordered by the UTF-8 bytes of the keys
     */
    Map<String, V> getAll();

    /**
     * Returns the live entries among some keys as of one moment.
     *
     * @param keys at most 10,000; duplicates count once
     * @return an unmodifiable map, ordered by the UTF-8 bytes of the keys; keys without a live entry are missing
     * @throws IllegalArgumentException if there are too many keys
     */
    Map<String, V> getAll(Collection<String> keys);

    /** Returns the number of live entries. */
    long count();

    /** Returns the number of live entries in a range, whatever its direction and limit. */
    long count(KvRange range);

    /**
     * Returns the first entries of a range as of one moment: at most as many as its limit says (1,000 without one,
     * 10,000 at the most), and fewer once their values reach 8 MB.
     */
    KvPage<V> page(KvRange range);

    /**
     * Returns the live entries of a range, all or as many as its limit says, in its direction. The stream is read page
     * by page and holds no connection, lock or snapshot in between; it needs no closing. An entry that is live from the
     * first to the last page appears exactly once; one that comes or goes in the meantime may appear or not.
     */
    Stream<KvEntry<V>> entries(KvRange range);

    /** Returns the keys of the live entries of a range, read as {@link #entries} are, but without their values. */
    Stream<String> keys(KvRange range);

    /** Sets a value that does not expire, whether the entry exists or not. */
    void set(String key, V value);

    /**
     * Sets a value that expires, whether the entry exists or not.
     *
     * @param ttl as in {@link Expiry#after}
     */
    void set(String key, V value, Duration ttl);

    /** Sets a value and when it expires, whether the entry exists or not. */
    void set(String key, V value, Expiry expiry);

    /**
     * Sets values that do not expire, all or, if it fails, none.
     *
     * @throws IllegalArgumentException if there are more than 10,000
     */
    void setAll(Map<String, ? extends V> entries);

    /**
     * Sets values that expire in the same way, all or, if it fails, none.
     *
     * @throws IllegalArgumentException if there are more than 10,000
     */
    void setAll(Map<String, ? extends V> entries, Expiry expiry);

    /** Sets a value that does not expire if the entry is absent; returns whether it was. */
    boolean setIfAbsent(String key, V value);

    /** Sets a value and its expiry if the entry is absent; returns whether it was. */
    boolean setIfAbsent(String key, V value, Expiry expiry);

    /**
     * Sets a value and its expiry if the entry is absent.
     *
     * @return the value that is there; empty if the given value was set
     */
    Optional<V> getOrSet(String key, V value, Expiry expiry);

    /** Replaces a value by one that does not expire if the entry is live; returns whether it was. */
    boolean setIfPresent(String key, V value);

    /** Replaces a value and its expiry if the entry is live; returns whether it was. */
    boolean setIfPresent(String key, V value, Expiry expiry);

    /**
     * Sets a value and its expiry if the entry has the version that the caller has seen.
     *
     * @param expectedVersion from {@link KvEntry#version} or an earlier call; 0 means that the entry must be absent
     * @return the new version; empty if the entry did not have the expected one, and nothing was changed
     * @throws IllegalArgumentException if {@code expectedVersion} is negative
     */
    OptionalLong compareAndSet(String key, long expectedVersion, V value, Expiry expiry);

    /**
     * Deletes an entry if it has the version that the caller has seen; returns whether it had. 0 matches nothing.
     *
     * @throws IllegalArgumentException if {@code expectedVersion} is negative
     */
    boolean compareAndDelete(String key, long expectedVersion);

    /** Sets a value and its expiry, and returns the value that it replaced, or empty if the entry was absent. */
    Optional<V> getAndSet(String key, V value, Expiry expiry);

    /** Deletes an entry and returns its value, or empty if it was absent. Among many callers one gets the value. */
    Optional<V> getAndDelete(String key);

    /** Changes the expiry of a live entry and returns its value, or empty if the entry is absent. */
    Optional<V> getAndExpire(String key, Expiry expiry);

    /**
     * Changes the expiry of a live entry; returns whether it is live. {@link Expiry#keep()} changes nothing, and no
     * call that changes nothing gives a new version.
     */
    boolean expire(String key, Expiry expiry);

    /**
     * Adds to a number and returns the sum. An absent entry counts as 0; the new entry does not expire. A live entry
     * keeps its expiry.
     *
     * @param delta may be negative or 0
     * @throws IllegalStateException if the type of the group is not Long, Integer or String; the message names it
     * @throws KvTypeException if what is stored is not a number in decimal digits
     * @throws KvLimitException if the sum is out of the range of a long, or of an int in a group of Integer; nothing
     *     was changed
     */
    long increment(String key, long delta);

    /**
     * Adds to a number as {@link #increment(String, long)} does.
     *
     * @param ofNewEntry the expiry if the entry is absent; a live entry keeps its own
     */
    long increment(String key, long delta, Expiry ofNewEntry);

    /**
     * Changes a value by a function of the value. The function runs outside of any transaction, and again if somebody
     * else changed the entry in the meantime; so it should be quick and free of side effects.
     *
     * @param change gets the value, empty if the entry is absent; its result is the new value, and an empty one deletes
     *     the entry
     * @return the value afterwards; empty if the entry is absent
     * @throws OptimisticLockingFailureException if somebody else was faster a hundred times
     * @throws IllegalArgumentException if {@code change} returns null
     */
    Optional<V> update(String key, Expiry expiry, UnaryOperator<Optional<V>> change);

    /**
     * Returns the value of an entry, and computes and sets it if it is absent. One loader runs per key at a time in
     * this store object, while others who ask for the key wait for its result. What somebody sets during that time, in
     * this process or another, wins: all return what is stored then, each decoded by the view it used. The loader runs
     * on the caller's thread outside of any transaction, and may call the store. Loaders of different keys run side by
     * side.
     *
     * <p>An exception of the loader, or of the write of its value, reaches all who wait, as the same object; nothing is
     * kept of it, and the next call loads again. A loader must not wait for another thread that asks for the same key:
     * only calls of loaders on their own threads can be recognized as a ring.
     *
     * @param expiry of the value that is set; {@link Expiry#at} must be after now when the loader has returned, too
     * @throws IllegalStateException if a loader asks for the key that it loads, or loaders wait for one another in a
     *     ring
     * @throws IllegalArgumentException if {@code loader} is or returns null
     */
    V getOrCompute(String key, Expiry expiry, Supplier<? extends V> loader);

    /** Deletes an entry, if it exists; returns whether it was live. */
    boolean delete(String key);

    /**
     * Deletes entries, all or, if it fails, none.
     *
     * @param keys at most 10,000; duplicates count once
     * @return the number of deleted entries that were live
     * @throws IllegalArgumentException if there are too many keys
     */
    long deleteAll(Collection<String> keys);

    /**
     * Deletes the entries of a range in one transaction, whatever their number. With a limit the first ones in the
     * direction of the range are deleted.
     *
     * @return the number of deleted entries that were live
     */
    long deleteAll(KvRange range);

    /** Deletes all entries in one transaction, whatever their number; returns how many were live. */
    long clear();

    /**
     * Returns a live view as a map, which keeps nothing itself. {@code putIfAbsent}, {@code replace},
     * {@code remove(key, value)}, {@code compute}, {@code computeIfAbsent}, {@code computeIfPresent} and {@code merge}
     * are atomic; what the map writes does not expire. Functions run outside of any transaction, and again if somebody
     * else was faster; after a hundred defeats that is an {@link OptimisticLockingFailureException}. {@code putAll}
     * sets up to 1,000 entries at a time. Values are compared by {@code equals}, arrays by their contents.
     *
     * <p>The keys, values and entries are read as {@link #entries} are: in the order of the keys, page by page, never
     * with a {@code ConcurrentModificationException}. An iterator of values or entries removes an entry only if nobody
     * has changed it since it was read, and so does {@code removeIf}; an iterator of keys removes it anyway.
     * {@code setValue} of an entry sets the value, whatever the entry has become. {@code size}, {@code containsValue},
     * {@code equals} and {@code hashCode} take as long as the group is large.
     *
     * <p>Null keys, values and functions are a {@link NullPointerException}, as {@link ConcurrentMap} says. A key of
     * another type than {@code String} is absent. {@code toString} of the map and its collections names the group and
     * shows no entries, because values do not belong in a log.
     */
    ConcurrentMap<String, V> asMap();
}
