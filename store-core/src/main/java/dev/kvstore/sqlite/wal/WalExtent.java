package dev.kvstore.sqlite.wal;

import dev.kvstore.sqlite.connection.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * The extent of the WAL.
 * @param pages the number of pages in the WAL
 * @param moved how many of them, from the beginning, SQLite counts as copied into the database
 */
record WalExtent(int pages, int moved) {

    /** Copies the pages that no reader needs any more into the database. */
    static final String CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)";

    /** Copies all pages into the database, and truncates the WAL. */
    static final String TRUNCATING_CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)";

    /** Copies nothing, and returns the extent. */
    private static final String NO_CHECKPOINT = "PRAGMA wal_checkpoint(NOOP)";

    private static final PreparedStatementSetter NO_PARAMETERS = statement -> {};

    static WalExtent of(StoreConnection connection) {
        return after(NO_CHECKPOINT, connection);
    }

    /** Runs a checkpoint, and returns the extent afterwards. */
    static WalExtent after(String checkpoint, StoreConnection connection) {
        return connection.call(jdbc -> jdbc.query(checkpoint, NO_PARAMETERS, WalExtent::in));
    }

    private static WalExtent in(ResultSet rows) throws SQLException {
        rows.next();
        return new WalExtent(rows.getInt("log"), rows.getInt("checkpointed"));
    }

    boolean isMoved() {
        return moved == pages;
    }
}
