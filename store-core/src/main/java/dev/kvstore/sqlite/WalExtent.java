package dev.kvstore.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * How far the write-ahead log reaches.
 *
 * @param pages how many pages are in the WAL
 * @param moved how many of them, from the beginning, SQLite counts as moved into the database
 */
record WalExtent(int pages, int moved) {

    private static final PreparedStatementSetter NO_PARAMETERS = statement -> {};

    static WalExtent of(Session session) {
        return after(SqliteSql.WAL_EXTENT, session);
    }

    /** Runs a checkpoint, and returns what is in the WAL afterwards. */
    static WalExtent after(String checkpoint, Session session) {
        return session.call(jdbc -> jdbc.query(checkpoint, NO_PARAMETERS, WalExtent::in));
    }

    private static WalExtent in(ResultSet rows) throws SQLException {
        rows.next();
        return new WalExtent(rows.getInt("log"), rows.getInt("checkpointed"));
    }

    boolean isMoved() {
        return moved == pages;
    }
}
