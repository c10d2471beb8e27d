package dev.kvstore;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/**
 * Durable key-value state: text values under keys, in groups, with optional expiry.
 *
 * <p><b>Groups.</b> A group is a namespace: the same key in two groups names two entries. Groups need no creation.
 *
 * <p><b>Expiry.</b> An entry that was set with a ttl is expired once the ttl has passed on the store's clock. An expired
 * entry is the same as an absent one on every method; its row stays until {@link #purgeExpired()} removes it, or a
 * later write replaces it. No read changes the store.
 *
 * <p><b>Durability and transactions.</b> A write has been committed when the method returns, and, with
 * {@link Durability#FULL} (the default), has reached the disk. Each call is atomic on its own and sees all that was
 * committed before it began. No call joins a transaction of the caller: what is set inside a transaction that is later
 * rolled back stays set.
 *
 * <p><b>Text.</b> Groups, keys and values are any valid Unicode text, empty text and NUL characters included, and come
 * back exactly as they went in; they are compared by their UTF-8 bytes. Only groups that begin with U+0000 are the store's
 * own. On every method a null argument, text with an unpaired surrogate, or a group of the store's own is an
 * {@link IllegalArgumentException} before the store is touched.
 *
 * <p><b>Errors.</b> Those of the store are {@link DataAccessException}s: {@link KvLimitException} for what is too long,
 * {@link KvClosedException} after the store was closed, and Spring's own types for what the database reports; a
 * {@code TransientDataAccessException}, such as for a lock that another process holds too long or for too many waiting
 * writes, had no effect and can be tried again. Those of templates are {@link KvTemplateException}s. No message contains a
 * value or the text of a template.
 *
 * <p><b>Threads.</b> A store is safe for use by any number of threads. Calls block; an interrupt does not end a call and
 * is still set when it returns.
 */
public interface KvStore {

    /**
     * The value of a live entry.
     *
     * @return the value, empty when the entry is absent or expired
     */
    Optional<String> get(String group, String key);

    /**
     * The value of an entry that has to be there.
     *
     * @throws KvNotFoundException when the entry is absent or expired
     */
    String require(String group, String key);

    /**
     * Sets a value that does not expire. An entry that is there is replaced, its expiry cleared.
     *
     * @throws KvLimitException when group, key or value is longer than the store's limits
     */
    void set(String group, String key, String value);

    /**
     * Sets a value that expires. An entry that is there is replaced, its expiry too.
     *
     * @param ttl how long the entry lives, rounded up to a millisecond; more than the clock can count means for ever
     * @throws IllegalArgumentException when {@code ttl} is null, zero or negative
     * @throws KvLimitException when group, key or value is longer than the store's limits
     */
    void set(String group, String key, String value, Duration ttl);

    /**
     * Deletes an entry, if it is there.
     *
     * @return whether a live entry was there
     */
    boolean delete(String group, String key);

    /** The number of live entries in a group. */
    long count(String group);

    /**
     * All live entries of a group at one moment.
     *
     * @return an unmodifiable map of key to value, in the order of the keys' UTF-8 bytes; empty when the group is
     */
    Map<String, String> getAll(String group);

    /**
     * Deletes all entries of a group, in one transaction.
     *
     * @return how many live entries were there
     */
    long deleteGroup(String group);

    /**
     * Renders the live entries of a group through a text template.
     *
     * <p>{@code [(${key})]} stands for the value of an entry, whatever its key; {@code #all} is all of them, for loops.
     *
     * @param template the template itself; it is never looked up as a resource
     * @throws KvTemplateException when the template does not parse or does not render
     * @throws KvLimitException when the template or its output is too long
     */
    String render(String template, String group);

    /**
     * Renders the live entries of a group through a template that is a resource.
     *
     * @param name the resource's name between the store's template prefix and suffix
     * @throws IllegalArgumentException when the name leaves the prefix
     * @throws KvTemplateException when there is no such template, or it does not parse or render
     * @throws KvLimitException when the template or its output is too long
     * @see #render(String, String)
     */
    String renderNamed(String name, String group);

    /**
     * Removes the rows of expired entries of all groups, in short transactions that let other writes pass between them.
     *
     * @return how many rows were removed
     */
    long purgeExpired();
}
