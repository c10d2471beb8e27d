package dev.kvstore.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The operations in the SQL of one database, at one moment: the engine makes a dialect for each call, in the thread of the
 * caller. An entry is live when it does not expire, or expires after that moment. How a table is laid out is the dialect's
 * secret; it checks no arguments.
 *
 * <p>Immutable. Another thread than the caller's may use it.
 */
public interface Dialect {

    /** The value of a live entry. */
    Optional<String> get(JdbcOperations jdbc, String group, String key);

    /** An entry as stored, live or expired; {@link StoredEntry#ABSENT} when there is no row. */
    StoredEntry getStored(JdbcOperations jdbc, String group, String key);

    /** The live entries of a group, in the order of the keys' UTF-8 bytes, all as of one moment. */
    Map<String, String> getAll(JdbcOperations jdbc, String group);

    /** The number of live entries of a group. */
    long count(JdbcOperations jdbc, String group);

    /**
     * The first group from a name on that has a live entry and the prefix.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException when its name is not valid UTF-8
     */
    Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query);

    /** Inserts or replaces an entry. */
    void set(JdbcOperations jdbc, Change.Set set);

    /** Deletes an entry; returns whether it was live. */
    boolean delete(JdbcOperations jdbc, String group, String key);

    /** Deletes the entries of a group; returns how many were live. */
    long deleteGroup(JdbcOperations jdbc, String group);

    /** Removes at most {@code limit} rows of entries that have expired, at {@code upTo} too; returns how many. */
    int purge(JdbcOperations jdbc, Instant upTo, int limit);

    /** Whether a change is one statement, which needs no transaction around it to be all or nothing. */
    boolean isOneStatement(Change<?> change);
}
