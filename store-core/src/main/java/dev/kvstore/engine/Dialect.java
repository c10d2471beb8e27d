package dev.kvstore.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The operations in the SQL of one database, at one moment: the engine creates a dialect for each call, on the caller's
 * thread. An entry is live if it does not expire, or expires after that moment. Only the dialect knows the layout of
 * the tables. It validates no arguments.
 *
 * <p>Immutable. A thread other than the caller's may use it.
 */
public interface Dialect {

    /** Returns the value of a live entry. */
    Optional<String> get(JdbcOperations jdbc, String group, String key);

    /** Returns an entry as stored, live or expired; {@link StoredEntry#ABSENT} if it has no row. */
    StoredEntry getStored(JdbcOperations jdbc, String group, String key);

    /** Returns the live entries of a group as of one moment, in the order of the keys' UTF-8 bytes. */
    Map<String, String> getAll(JdbcOperations jdbc, String group);

    /** Returns the number of live entries of a group. */
    long count(JdbcOperations jdbc, String group);

    /**
     * Returns the first group that matches the query and has a live entry.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if its name is not valid UTF-8
     */
    Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query);

    /** Inserts or replaces an entry. */
    void set(JdbcOperations jdbc, Change.Set set);

    /** Deletes an entry; returns whether it was live. */
    boolean delete(JdbcOperations jdbc, String group, String key);

    /** Deletes the entries of a group; returns how many were live. */
    long deleteGroup(JdbcOperations jdbc, String group);

    /** Removes up to {@code limit} rows of entries that expired by {@code upTo} and are not live; returns how many. */
    int purge(JdbcOperations jdbc, Instant upTo, int limit);

    /** Whether a change is one statement, which is atomic without an explicit transaction. */
    boolean isOneStatement(Change<?> change);
}
