package dev.kvstore.sqlite.table;

import dev.kvstore.KvRange;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementSetter;

/** Statements that delete entries. Triggers delete their values out of row. */
final class EntryDeletes {

    private static final String DELETE = """
            DELETE FROM kv WHERE grp = ? AND key = ? RETURNING expires_at IS NULL OR expires_at > ?\
            """;
    private static final String DELETE_VERSION = """
            DELETE FROM kv WHERE grp = ?1 AND key = ?2 AND (expires_at IS NULL OR expires_at > ?3) AND ?4 = \
            iif(version = 0, (SELECT kv_large.version FROM kv_large WHERE kv_large.id = value_id), version)\
            """;
    private static final String DELETE_EXPIRED = """
            DELETE FROM kv WHERE grp = ? AND key = ? AND expires_at <= ?\
            """;
    private static final String DELETE_GROUP = """
            DELETE FROM kv WHERE grp = ?\
            """;
    private static final String DELETE_RANGE = """
            DELETE FROM kv WHERE grp = ?1 AND key >= CAST(?2 AS TEXT) AND key < coalesce(CAST(?3 AS TEXT), x'')\
            """;
    private static final String PURGE = """
            DELETE FROM kv WHERE expires_at <= ? LIMIT ?\
            """;

    private static final String EXISTS = """
            SELECT EXISTS (SELECT 1 FROM kv WHERE grp = ? AND key = ?)\
            """;
    private static final String GROUP_EXISTS = """
            SELECT EXISTS (SELECT 1 FROM kv WHERE grp = ?)\
            """;
    private static final String ANY_EXPIRED = """
            SELECT EXISTS (SELECT 1 FROM kv WHERE expires_at <= ?)\
            """;

    private EntryDeletes() {}

    /** Whether a row is there to be deleted. */
    static boolean deletesAny(JdbcOperations jdbc, Change.Delete delete, long now) {
        return delete.condition().kind() == Condition.Kind.VERSION
                ? EntryQueries.state(jdbc, delete.group(), delete.key(), now)
                        .filter(live -> delete.condition().isMetBy(live.version()))
                        .isPresent()
                : exists(jdbc, delete.group(), delete.key());
    }

    private static boolean exists(JdbcOperations jdbc, String group, String key) {
        return isTrue(jdbc, EXISTS, statement -> EntryQueries.bindName(statement, group, key));
    }

    static boolean groupExists(JdbcOperations jdbc, String group) {
        return isTrue(jdbc, GROUP_EXISTS, statement -> statement.setString(1, group));
    }

    static boolean anyExpired(JdbcOperations jdbc, long upTo) {
        return isTrue(jdbc, ANY_EXPIRED, statement -> statement.setLong(1, upTo));
    }

    private static boolean isTrue(JdbcOperations jdbc, String sql, PreparedStatementSetter setter) {
        return jdbc.query(sql, setter, rows -> rows.next() && rows.getBoolean(1));
    }

    static boolean delete(JdbcOperations jdbc, Change.Delete delete, long now) {
        return switch (delete.condition().kind()) {
            case ANY -> jdbc.query(DELETE, bind(delete, now), EntryDeletes::deletedLiveRow);
            case VERSION -> deleteVersion(jdbc, delete, now);
            case ABSENT -> {
                jdbc.update(DELETE_EXPIRED, bind(delete, now));
                yield false;
            }
            case PRESENT -> throw new IllegalArgumentException("A deletion cannot depend on presence alone");
        };
    }

    private static PreparedStatementSetter bind(Change.Delete delete, long now) {
        return statement -> {
            EntryQueries.bindName(statement, delete.group(), delete.key());
            statement.setLong(3, now);
        };
    }

    private static boolean deleteVersion(JdbcOperations jdbc, Change.Delete delete, long now) {
        int deleted = jdbc.update(DELETE_VERSION, statement -> {
            EntryQueries.bindName(statement, delete.group(), delete.key());
            statement.setLong(3, now);
            statement.setLong(4, delete.condition().version());
        });
        return deleted > 0;
    }

    // The statement is only committed after the call that finds no more rows.
    private static boolean deletedLiveRow(ResultSet rows) throws SQLException {
        boolean live = false;
        while (rows.next()) {
            live |= rows.getBoolean(1);
        }
        return live;
    }

    static int deleteGroup(JdbcOperations jdbc, String group) {
        return jdbc.update(DELETE_GROUP, statement -> statement.setString(1, group));
    }

    static long deleteRange(JdbcOperations jdbc, String group, KvRange range, long now) {
        KeyBounds bounds = KeyBounds.of(range);
        byte[] last = range.maxEntries().isPresent()
                ? RangeQueries.keyAt(jdbc, group, range, range.maxEntries().getAsInt(), now)
                : null;
        KeyBounds deleted = last == null ? bounds : bounds.upTo(last, range.isReversed());
        long live = RangeQueries.count(jdbc, group, deleted, now);
        jdbc.update(DELETE_RANGE, statement -> deleted.bind(statement, group));
        return live;
    }

    static int purge(JdbcOperations jdbc, long upTo, int limit) {
        return jdbc.update(PURGE, statement -> {
            statement.setLong(1, upTo);
            statement.setInt(2, limit);
        });
    }
}
