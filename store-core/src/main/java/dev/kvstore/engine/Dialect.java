package dev.kvstore.engine;

import dev.kvstore.Expiry;
import dev.kvstore.KvRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The operations in the SQL of one database, at one moment: the engine creates a dialect for each call, on the caller's
 * thread. An entry is live if it does not expire, or expires after that moment. Only the dialect knows the layout of
 * the tables, and where versions come from. It validates no arguments.
 *
 * <p>A method that changes entries runs in a transaction, or is one statement. Each entry that it writes gets a new
 * version, larger than all that the entry had before.
 *
 * <p>Immutable. A thread other than the caller's may use it.
 */
public interface Dialect {

    /** Returns the value of a live entry. */
    default Optional<Value> get(JdbcOperations jdbc, String group, String key) {
        return Optional.ofNullable(find(jdbc, group, key).value());
    }

    /** Returns a live entry; {@link StoredEntry#ABSENT} if it is not live. */
    StoredEntry find(JdbcOperations jdbc, String group, String key);

    /** Returns an entry as stored, live or expired; {@link StoredEntry#ABSENT} if it has no row. */
    StoredEntry getStored(JdbcOperations jdbc, String group, String key);

    /** Returns the version and expiry of a live entry, without reading its value. */
    default Optional<EntryState> state(JdbcOperations jdbc, String group, String key) {
        StoredEntry live = find(jdbc, group, key);
        return live.value() == null ? Optional.empty() : Optional.of(live.state());
    }

    /**
     * Returns the version and expiry of a live entry to a transaction that depends on them. Until it ends, no other one
     * changes the entry or, if the entry is absent, sets it.
     */
    Optional<EntryState> lockedState(JdbcOperations jdbc, String group, String key);

    /** Returns the live entries of a group as of one moment, in the order of the keys' UTF-8 bytes; modifiable. */
    Map<String, Value> getAll(JdbcOperations jdbc, String group);

    /** Returns the live entries among sorted keys as of one moment, in the order of the keys; modifiable. */
    Map<String, Value> getEach(JdbcOperations jdbc, String group, List<String> keys);

    /** Returns the number of live entries of a group whose keys are in a range, whatever its limit. */
    long count(JdbcOperations jdbc, String group, KvRange range);

    /** Returns the first live entries of a range. */
    StoredPage page(JdbcOperations jdbc, Query.Page query);

    /**
     * Returns the first group that matches the query and has a live entry.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if its name is not valid UTF-8
     */
    Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query);

    /** Inserts or replaces an entry if it meets the condition. Returns the new version; empty if it does not. */
    OptionalLong put(JdbcOperations jdbc, Change.Put put);

    /**
     * Changes the expiry of an entry, which gets a new version unless it expires at that time already. Returns whether
     * the entry was still in the state.
     *
     * @param expiry any but {@code keep}
     */
    boolean expire(JdbcOperations jdbc, String group, String key, Expiry expiry, EntryState state);

    /**
     * Adds to the decimal number in a live entry, keeping its expiry, or sets a new entry to the number. Returns the
     * sum; empty, with nothing changed, if the value is no number in the canonical form of {@link Long#toString(long)},
     * or the sum is out of bounds.
     */
    OptionalLong increment(JdbcOperations jdbc, Change.Increment increment);

    /** Deletes an entry that meets the condition, which is not {@code PRESENT}; returns whether it was live. */
    boolean delete(JdbcOperations jdbc, Change.Delete delete);

    /** Deletes the entries of a group; returns how many were live. */
    default long deleteGroup(JdbcOperations jdbc, String group) {
        return deleteRange(jdbc, group, KvRange.all());
    }

    /** Deletes the entries of a range, up to its limit in its direction; returns how many were live. */
    long deleteRange(JdbcOperations jdbc, String group, KvRange range);

    /**
     * Makes several changes if all checks are met, or none; returns the results of the changes, or empty. What was
     * checked stays true until the commit.
     */
    default Optional<List<Object>> allOrNothing(JdbcOperations jdbc, Change.AllOrNothing all) {
        return all.runEach(this, jdbc);
    }

    /** Removes up to {@code limit} rows of entries that expired by {@code upTo} and are not live; returns how many. */
    int purge(JdbcOperations jdbc, Instant upTo, int limit);

    /** Returns the log of changes; an engine may have none. */
    default ChangeLog changeLog() {
        return NoChangeLog.INSTANCE;
    }

    /** Whether a change is one statement, which is atomic without an explicit transaction. */
    default boolean isOneStatement(Change<?> change) {
        return false;
    }

    /**
     * Whether a change writes in one statement at the most, after it has read: it needs a transaction, but no savepoint
     * among others.
     */
    default boolean writesOnce(Change<?> change) {
        return false;
    }
}
