package dev.kvstore.sqlite.connection;

import dev.kvstore.Durability;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Whether the commits of a connection are synced to the disk. The level can change between two transactions, not within
 * one, and is read back after each change: a write must never be committed at a weaker level than was asked for.
 *
 * @see <a href="https://sqlite.org/pragma.html#pragma_synchronous">PRAGMA synchronous</a>
 */
public final class SyncLevel {

    private static final String SYNCED = "PRAGMA synchronous = FULL";
    private static final String NOT_SYNCED = "PRAGMA synchronous = NORMAL";
    private static final String LEVEL = "PRAGMA synchronous";

    private static final int FULL = 2;
    private static final int NORMAL = 1;

    private final String database;
    private final Durability ofNewConnections;
    private @Nullable Durability current;

    /** Creates the level of connections that are opened at the level of the store. */
    public SyncLevel(String database, Durability ofNewConnections) {
        this.database = database;
        this.ofNewConnections = ofNewConnections;
    }

    /** A connection was opened and its level read back. */
    public void connectionOpened() {
        current = ofNewConnections;
    }

    /** The level is not known any more. */
    public void forget() {
        current = null;
    }

    /** Sets the level. Call outside of a transaction. */
    public void set(JdbcOperations jdbc, Durability level) {
        if (level == current) {
            return;
        }
        current = null;
        jdbc.execute(level == Durability.FULL ? SYNCED : NOT_SYNCED);
        Integer found = jdbc.queryForObject(LEVEL, Integer.class);
        if (found == null || found != (level == Durability.FULL ? FULL : NORMAL)) {
            throw new DataAccessResourceFailureException("Store '" + database + "': the connection did not change to"
                    + " durability " + level + "; this write was not executed and can be retried");
        }
        current = level;
    }
}
