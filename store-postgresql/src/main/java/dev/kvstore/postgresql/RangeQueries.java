package dev.kvstore.postgresql;

import dev.kvstore.KvRange;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.StoredPage;
import dev.kvstore.engine.StoredPage.KeyedEntry;
import dev.kvstore.engine.Utf8;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * Queries of the entries of a range. They follow the primary key, which contains only the beginning of long keys, and
 * so does not order those that begin alike. Such keys within a page are sorted here; a page that may end among them is
 * asked for again, in the order of the whole keys.
 */
final class RangeQueries {

    private static final String WHOLE_KEY = "coalesce(e.full_key, e.key)";

    /** Whether an entry is in a range of a group. The parameters are set by {@link #bind}. */
    static final String IN_BOUNDS = "e.grp = ? AND e.key >= ? AND e.key < ?"
            + " AND (?::text IS NULL OR " + WHOLE_KEY + " >= ?::text)"
            + " AND (?::text IS NULL OR " + WHOLE_KEY + " < ?::text)";

    private static final String LIVE_IN_BOUNDS = " FROM kv e WHERE " + IN_BOUNDS + " AND " + Moment.LIVE;
    private static final String COUNT = "SELECT count(*)" + LIVE_IN_BOUNDS;
    private static final String COUNT_GROUP = "SELECT count(*) FROM kv e WHERE e.grp = ? AND " + Moment.LIVE;

    // The server leaves out the rows behind the one with which the page has its size: the driver would read all of
    // them.
    private static final String PAGE = "SELECT q.key, q.full_key, q.expires_at, q.version, q.found, q.value, q.bytes"
            + " FROM (SELECT p.*, count(*) OVER () AS found, sum(p.size) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND"
            + " 1 PRECEDING) AS size_before FROM (";
    private static final String END_OF_PAGE = " LIMIT ?) p) q WHERE q.size_before IS NULL OR q.size_before < ?";
    private static final String ENTRIES = PAGE + "SELECT e.key, e.full_key, e.expires_at, e.version, e.value, e.bytes,"
            + " octet_length(" + WHOLE_KEY + ") + coalesce(octet_length(e.value), octet_length(e.bytes)) AS size"
            + LIVE_IN_BOUNDS;
    private static final String KEYS = PAGE + "SELECT e.key, e.full_key, e.expires_at, 0 AS version, NULL AS value,"
            + " NULL AS bytes, octet_length(" + WHOLE_KEY + ") AS size" + LIVE_IN_BOUNDS;

    private static final String BY_INDEX = " ORDER BY e.key";
    private static final String BY_KEY = " ORDER BY " + WHOLE_KEY;
    private static final String DESCENDING = " DESC" + END_OF_PAGE;
    private static final String ENTRIES_BY_INDEX = ENTRIES + BY_INDEX + END_OF_PAGE;
    private static final String ENTRIES_BY_INDEX_REVERSED = ENTRIES + BY_INDEX + DESCENDING;
    private static final String ENTRIES_BY_KEY = ENTRIES + BY_KEY + END_OF_PAGE;
    private static final String ENTRIES_BY_KEY_REVERSED = ENTRIES + BY_KEY + DESCENDING;
    private static final String KEYS_BY_INDEX = KEYS + BY_INDEX + END_OF_PAGE;
    private static final String KEYS_BY_INDEX_REVERSED = KEYS + BY_INDEX + DESCENDING;
    private static final String KEYS_BY_KEY = KEYS + BY_KEY + END_OF_PAGE;
    private static final String KEYS_BY_KEY_REVERSED = KEYS + BY_KEY + DESCENDING;

    private RangeQueries() {}

    static Parameters bind(Parameters parameters, StoredName group, KeyBounds bounds) throws SQLException {
        return parameters
                .text(group.name())
                .text(bounds.from())
                .text(bounds.before())
                .text(bounds.exactFrom())
                .text(bounds.exactFrom())
                .text(bounds.exactBefore())
                .text(bounds.exactBefore());
    }

    static long count(JdbcOperations jdbc, StoredName group, Moment now) {
        return jdbc.query(
                COUNT_GROUP,
                statement -> Parameters.of(statement).text(group.name()).number(now.millis()),
                RangeQueries::number);
    }

    static long count(JdbcOperations jdbc, StoredName group, KvRange range, Moment now) {
        return jdbc.query(
                COUNT,
                statement -> bind(Parameters.of(statement), group, KeyBounds.of(range))
                        .number(now.millis()),
                RangeQueries::number);
    }

    private static long number(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong(1);
    }

    static StoredPage page(JdbcOperations jdbc, Query.Page query, Moment now) {
        StoredPage page = byIndex(jdbc, query, now);
        return page.more() && endsWithLongKey(page) ? byKey(jdbc, query, now) : page;
    }

    private static StoredPage byIndex(JdbcOperations jdbc, Query.Page query, Moment now) {
        boolean reversed = query.range().isReversed();
        return page(
                jdbc,
                query.keysOnly()
                        ? (reversed ? KEYS_BY_INDEX_REVERSED : KEYS_BY_INDEX)
                        : (reversed ? ENTRIES_BY_INDEX_REVERSED : ENTRIES_BY_INDEX),
                query,
                now);
    }

    private static StoredPage byKey(JdbcOperations jdbc, Query.Page query, Moment now) {
        boolean reversed = query.range().isReversed();
        return page(
                jdbc,
                query.keysOnly()
                        ? (reversed ? KEYS_BY_KEY_REVERSED : KEYS_BY_KEY)
                        : (reversed ? ENTRIES_BY_KEY_REVERSED : ENTRIES_BY_KEY),
                query,
                now);
    }

    private static boolean endsWithLongKey(StoredPage page) {
        List<KeyedEntry> entries = page.entries();
        return StoredName.isLong(EscapedText.of(entries.get(entries.size() - 1).key()));
    }

    private static StoredPage page(JdbcOperations jdbc, String sql, Query.Page query, Moment now) {
        StoredName group = StoredName.of(query.group());
        KeyBounds bounds = KeyBounds.of(query.range());
        return jdbc.query(
                sql,
                statement -> bind(Parameters.of(statement), group, bounds)
                        .number(now.millis())
                        // One more tells whether entries follow.
                        .number(query.limit() + 1L)
                        .number(query.maxBytes()),
                read(query));
    }

    private static ResultSetExtractor<StoredPage> read(Query.Page query) {
        return rows -> {
            List<KeyedEntry> entries = new ArrayList<>();
            boolean sorted = true;
            long found = 0;
            while (rows.next()) {
                found = rows.getLong(5);
                if (entries.size() < query.limit()) {
                    String full = rows.getString(2);
                    sorted &= full == null;
                    entries.add(new KeyedEntry(StoredName.read(rows.getString(1), full), entry(rows, query)));
                }
            }
            if (!sorted) {
                Comparator<KeyedEntry> byKey = (one, other) -> Utf8.compare(one.key(), other.key());
                entries.sort(query.range().isReversed() ? byKey.reversed() : byKey);
            }
            return new StoredPage(entries, found > entries.size());
        };
    }

    private static StoredEntry entry(ResultSet row, Query.Page query) throws SQLException {
        return new StoredEntry(
                query.keysOnly() ? null : StoredValue.read(row, 6), StoredValue.expiresAt(row, 3), row.getLong(4));
    }
}
