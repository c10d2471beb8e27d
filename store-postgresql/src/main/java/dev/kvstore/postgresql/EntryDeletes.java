package dev.kvstore.postgresql;

import dev.kvstore.KvRange;
import dev.kvstore.engine.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Statements that delete entries.
 *
 * <p>One that deletes many reads their versions, locks the rows in the order of the primary key, and deletes those that
 * still have their version. A plain {@code DELETE ... WHERE grp = ?} is not one moment beside writers: it deletes a row
 * that was written since it began, but not a row that is new since then.
 */
final class EntryDeletes {

    private static final String DELETE = "DELETE FROM kv e WHERE e.grp = ? AND e.key = ?";
    private static final String DELETE_ANY = DELETE + " RETURNING " + Moment.LIVE;
    private static final String DELETE_EXPIRED = DELETE + " AND e.expires_at <= " + Moment.NOW + " RETURNING false";
    private static final String DELETE_VERSION = DELETE + " AND " + Moment.LIVE + " AND e.version = ? RETURNING true";

    private static final String DELETE_EACH = "WITH l AS MATERIALIZED (SELECT e.grp, e.key"
            + " FROM unnest(?::text[], ?::text[]) AS r(g, k) JOIN kv e ON e.grp = r.g AND e.key = r.k"
            + " ORDER BY e.grp, e.key FOR UPDATE OF e)"
            + " DELETE FROM kv e USING l WHERE e.grp = l.grp AND e.key = l.key RETURNING e.grp, e.key, " + Moment.LIVE;

    private static final String DELETE_SEEN = ", l AS MATERIALIZED (SELECT e.key"
            + " FROM s JOIN kv e ON e.grp = ? AND e.key = s.key AND e.version = s.version"
            + " ORDER BY e.key FOR UPDATE OF e),"
            + " d AS (DELETE FROM kv e USING l WHERE e.grp = ? AND e.key = l.key)"
            + " SELECT count(*) FILTER (WHERE s.live) FROM s";
    private static final String SEEN =
            "s AS MATERIALIZED (SELECT e.key, e.version, " + Moment.LIVE + " AS live" + " FROM kv e WHERE ";
    private static final String DELETE_GROUP = "WITH " + SEEN + "e.grp = ?)" + DELETE_SEEN;
    private static final String DELETE_RANGE = "WITH " + SEEN + RangeQueries.IN_BOUNDS + ")" + DELETE_SEEN;

    private static final String LAST =
            "WITH b AS (SELECT e.key FROM kv e WHERE " + RangeQueries.IN_BOUNDS + " AND " + Moment.LIVE;
    private static final String DELETE_FIRST = LAST + " ORDER BY e.key LIMIT 1 OFFSET ?), " + SEEN
            + RangeQueries.IN_BOUNDS + " AND e.key <= coalesce((SELECT b.key FROM b), ?))" + DELETE_SEEN;
    private static final String DELETE_LAST = LAST + " ORDER BY e.key DESC LIMIT 1 OFFSET ?), " + SEEN
            + RangeQueries.IN_BOUNDS + " AND e.key >= coalesce((SELECT b.key FROM b), ?))" + DELETE_SEEN;

    // Purges of several nodes pass each other. Entries that are live again, since the clock was set back, stay.
    private static final String PURGE = "WITH p AS MATERIALIZED (SELECT e.grp, e.key FROM kv e"
            + " WHERE e.expires_at <= least(?::bigint, " + Moment.NOW + ")"
            + " ORDER BY e.expires_at LIMIT ? FOR UPDATE SKIP LOCKED)"
            + " DELETE FROM kv e USING p WHERE e.grp = p.grp AND e.key = p.key";

    private EntryDeletes() {}

    static boolean delete(JdbcOperations jdbc, Change.Delete delete, Moment now) {
        EntryKey entry = EntryKey.of(delete.group(), delete.key());
        long version = delete.condition().version();
        String sql = switch (delete.condition().kind()) {
            case ANY -> DELETE_ANY;
            case ABSENT -> DELETE_EXPIRED;
            case VERSION -> DELETE_VERSION;
            case PRESENT -> throw new IllegalArgumentException("No delete has this condition");
        };
        return jdbc.query(
                sql,
                statement -> {
                    Parameters parameters = Parameters.of(statement).row(entry).number(now.millis());
                    if (version != 0) {
                        parameters.number(version);
                    }
                },
                rows -> rows.next() && rows.getBoolean(1));
    }

    /** Deletes entries, which are sorted; returns which of those that had a row were live. */
    static Map<EntryKey.Row, Boolean> deleteEach(JdbcOperations jdbc, List<EntryKey> entries, Moment now) {
        return jdbc.query(
                DELETE_EACH,
                statement -> Parameters.of(statement)
                        .texts(entries, entry -> entry.group().name())
                        .texts(entries, entry -> entry.key().name())
                        .number(now.millis()),
                rows -> {
                    Map<EntryKey.Row, Boolean> deleted = new HashMap<>();
                    while (rows.next()) {
                        deleted.put(new EntryKey.Row(rows.getString(1), rows.getString(2)), rows.getBoolean(3));
                    }
                    return deleted;
                });
    }

    static long deleteGroup(JdbcOperations jdbc, StoredName group, Moment now) {
        return jdbc.query(
                DELETE_GROUP,
                statement -> Parameters.of(statement)
                        .number(now.millis())
                        .text(group.name())
                        .text(group.name())
                        .text(group.name()),
                EntryDeletes::number);
    }

    static long deleteRange(JdbcOperations jdbc, StoredName group, KvRange range, Moment now) {
        OptionalInt limit = range.maxEntries();
        return limit.isPresent()
                ? deleteFirst(jdbc, group, range, limit.getAsInt(), now)
                : deleteAll(jdbc, group, KeyBounds.of(range), now);
    }

    private static long deleteAll(JdbcOperations jdbc, StoredName group, KeyBounds bounds, Moment now) {
        return jdbc.query(
                DELETE_RANGE,
                statement -> {
                    Parameters parameters = Parameters.of(statement).number(now.millis());
                    RangeQueries.bind(parameters, group, bounds)
                            .text(group.name())
                            .text(group.name());
                },
                EntryDeletes::number);
    }

    private static long deleteFirst(JdbcOperations jdbc, StoredName group, KvRange range, long limit, Moment now) {
        KeyBounds bounds = KeyBounds.of(range);
        return jdbc.query(
                range.isReversed() ? DELETE_LAST : DELETE_FIRST,
                statement -> {
                    Parameters parameters = Parameters.of(statement);
                    RangeQueries.bind(parameters, group, bounds)
                            .number(now.millis())
                            .number(limit - 1)
                            .number(now.millis());
                    RangeQueries.bind(parameters, group, bounds)
                            .text(range.isReversed() ? "" : KeyBounds.END)
                            .text(group.name())
                            .text(group.name());
                },
                EntryDeletes::number);
    }

    static int purge(JdbcOperations jdbc, long upTo, int limit, Moment now) {
        return jdbc.update(
                PURGE,
                statement -> Parameters.of(statement)
                        .number(upTo)
                        .number(now.millis())
                        .number((long) limit));
    }

    private static long number(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong(1);
    }
}
