package dev.kvstore;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;

/**
 * Durable key-value state: text values under keys, in groups, with optional expiry.
 *
 * <pre>{@code
 * kv.set("sessions", "token", "ada", Duration.ofHours(1));
 * Optional<String> user = kv.get("sessions", "token");
 *
 * kv.set("mail", "name", "Ada");
 * String mail = kv.render("Hello [(${name})]!", "mail"); // Hello Ada!
 * }</pre>
 *
 * <p><b>Groups.</b> A group is a namespace: the same key in two groups names two entries. A group needs no creation; it
 * exists while it has entries.
 *
 * <p><b>Expiry.</b> An entry set with a ttl (time to live) expires once the ttl has passed on the store's clock. Every
 * method treats an expired entry as absent; its row remains until {@link #purgeExpired()} removes it or a later write
 * replaces it. Reads never change the store.
 *
 * <p><b>Durability and transactions.</b> A write is committed when the method returns and, with {@link Durability#FULL}
 * (the default), synced to the disk. Each call is atomic and reads everything that was committed before it began. No
 * call joins a transaction of the caller: a value set inside a transaction that is later rolled back stays set.
 *
 * <p><b>Text.</b> Groups, keys and values are any valid Unicode text, including empty text and NUL characters. They are
 * returned exactly as they were set, and compared by their UTF-8 bytes. Groups that begin with U+0000 are reserved for
 * the store. If an argument is null, contains an unpaired surrogate or is a reserved group, every method throws an
 * {@link IllegalArgumentException} before it accesses the database.
 *
 * <p><b>Errors.</b> The store throws {@link DataAccessException}s: {@link KvLimitException} if an argument is too long,
 * {@link KvClosedException} if the store is closed, and Spring's own types for errors of the database. An operation
 * that fails with a {@link TransientDataAccessException}, for example because another process held a lock for too long
 * or the write queue was full, had no effect and can be retried. Templates fail with a {@link KvTemplateException}. No
 * message contains a value or text of a template.
 *
 * <p><b>Threads.</b> A store is thread-safe. Calls block. An interrupt does not end a call, and the thread is still
 * interrupted when the call returns.
 *
 * @since 0.1
 */
public interface KvStore {

    /**
     * Returns a group of text, as a view that has more operations: conditions, counters, ranges, several entries at
     * once. Costs no I/O.
     *
     * @param name of the group, which needs no creation
     */
    KvGroup<String> group(String name);

    /**
     * Returns a group whose values have a type. Costs no I/O.
     *
     * <p>Values of String, Integer, Long, Boolean, Instant, UUID and enums are stored as their own text, byte[] as
     * bytes, and all others as JSON, by Jackson 3. JSON has the store's own settings, which the application's do not
     * change: enums by name, times in ISO 8601 with their offset and zone, of records only the components. A type may
     * lose and gain properties: those that it does not know are ignored, those that are missing are null, 0 or false.
     * Jackson's annotations are heeded.
     *
     * @param name of the group, which needs no creation
     * @param type for example {@code Order.class}; a primitive class stands for its wrapper
     * @throws IllegalArgumentException if an argument is null, or there are no values of the type
     * @throws IllegalStateException if the type needs JSON and Jackson is missing; the message names the dependency
     */
    <V> KvGroup<V> group(String name, Class<V> type);

    /**
     * Returns a group whose values have a generic type, such as a list of records. Costs no I/O.
     *
     * @param name of the group, which needs no creation
     * @param type for example {@code new ParameterizedTypeReference<List<Order>>() {}}
     * @throws IllegalArgumentException if an argument is null, or the type contains a type variable
     * @throws IllegalStateException if the type needs JSON and Jackson is missing; the message names the dependency
     * @see #group(String, Class)
     */
    <V> KvGroup<V> group(String name, ParameterizedTypeReference<V> type);

    /**
     * Returns a group whose values a codec encodes and decodes. Costs no I/O.
     *
     * @param name of the group, which needs no creation
     * @throws IllegalArgumentException if an argument is null
     */
    <V> KvGroup<V> group(String name, KvCodec<V> codec);

    /**
     * Returns the groups that have a live entry and whose names start with a prefix, in the order of their UTF-8 bytes.
     * The stream finds each group with a separate query, so a group that gains its first entry or loses its last one in
     * the meantime may or may not appear. The stream holds no connection and need not be closed.
     *
     * @param prefix empty for all groups
     * @throws org.springframework.dao.DataRetrievalFailureException from this method or from the stream, if another
     *     program wrote a name that is not valid UTF-8
     */
    Stream<String> groups(String prefix);

    /**
     * Begins a batch: changes of several entries, in one group or several, that are made all or not at all, and only if
     * entries still have the versions that the caller has seen.
     */
    KvBatch batch();

    /** Returns the leases of this store, which all processes that have the database open share. Costs no I/O. */
    KvLeases leases();

    /** Returns the changes of this store, made in whatever process. Costs nothing until somebody subscribes. */
    KvChanges changes();

    /**
     * Returns the value of a live entry.
     *
     * @return the value, or empty if the entry is absent or expired
     */
    Optional<String> get(String group, String key);

    /**
     * Returns the value of an entry that must exist.
     *
     * @throws KvNotFoundException if the entry is absent or expired
     */
    String require(String group, String key);

    /**
     * Sets a value that does not expire. It replaces the value of an existing entry and clears its expiry.
     *
     * @throws KvLimitException if the group, key or value is longer than the store allows
     */
    void set(String group, String key, String value);

    /**
     * Sets a value that expires. It replaces the value and the expiry of an existing entry.
     *
     * @param ttl how long the entry lives, positive, rounded up to a millisecond; an entry whose end is beyond the
     *     range of the clock never expires
     * @throws IllegalArgumentException if {@code ttl} is null, zero or negative
     * @throws KvLimitException if the group, key or value is longer than the store allows
     */
    void set(String group, String key, String value, Duration ttl);

    /**
     * Deletes an entry, if it exists.
     *
     * @return whether the entry was live
     */
    boolean delete(String group, String key);

    /** Returns the number of live entries in a group. */
    long count(String group);

    /**
     * Returns all live entries of a group as of one moment.
     *
     * @return an unmodifiable map of keys to values, ordered by the UTF-8 bytes of the keys; empty if the group has no
     *     live entry
     */
    Map<String, String> getAll(String group);

    /**
     * Deletes all entries of a group in one transaction.
     *
     * @return the number of deleted entries that were live
     */
    long deleteGroup(String group);

    /**
     * Renders the live entries of a group with a template.
     *
     * <p>{@code [(${key})]} prints the value of an entry, also for keys such as {@code db.host} and {@code a-b};
     * {@code #all} is all entries, for loops.
     *
     * @param template the template itself, never the name of a resource
     * @throws KvTemplateException if the template cannot be parsed or rendered
     * @throws KvLimitException if the template or its output is too long
     */
    String render(String template, String group);

    /**
     * Renders the live entries of a group with a template that is a resource.
     *
     * @param name the name of the resource without the prefix and suffix of {@link TemplateSettings}
     * @throws IllegalArgumentException if the name is not made of up to 255 letters, digits, {@code _}, {@code -} and
     *     {@code .}, with {@code /} between directories
     * @throws KvTemplateException if no such template exists, or it cannot be parsed or rendered
     * @throws KvLimitException if the template or its output is too long
     * @see #render(String, String)
     */
    String renderNamed(String name, String group);

    /**
     * Removes the rows of expired entries of all groups, in short transactions; other writes can run between them.
     *
     * @return the number of removed rows
     */
    long purgeExpired();
}
