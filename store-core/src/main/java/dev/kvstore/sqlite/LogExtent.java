package dev.kvstore.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * How far the write-ahead log reaches.
 *
 * @param pages how many pages are in the log
 * @param moved how many of them, from the beginning, SQLite counts as moved into the database
 */
record LogExtent(int pages, int moved) {

    private static final PreparedStatementSetter NO_PARAMETERS = statement -> {};

    static LogExtent of(Session session) {
        return session.call(jdbc -> jdbc.query(SqliteSql.LOG_EXTENT, NO_PARAMETERS, LogExtent::in));
    }

    private static LogExtent in(ResultSet rows) throws SQLException {
        rows.next();
        return new LogExtent(rows.getInt("log"), rows.getInt("checkpointed"));
    }
}
