package dev.kvstore.sqlite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Reads a group in slices: SQLite joins the entries of each into one long value, which is taken apart here. A row for each
 * entry costs several calls of the driver. Values that lie apart are long, and come row by row.
 */
final class SlicedGroup {

    /** A longer slice gains nothing, and must stay below the 1e9 bytes of a row with keys as long as a store takes. */
    private static final int SLICE = 500;

    private static final String START_OF_NEXT = """
            SELECT key FROM kv WHERE grp = ? AND key >= ? ORDER BY key LIMIT 1 OFFSET ?\
            """;
    private static final String LAST_SLICE = """
            SELECT CAST(group_concat(concat(octet_length(key), ' ', octet_length(value), ' ', key, value), '') AS BLOB) \
            FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?) AND key >= ?\
            """;
    private static final String SLICE_BEFORE_NEXT = LAST_SLICE + " AND key < ?";
    private static final String VALUES_APART = """
            SELECT kv.key, kv_large.value FROM kv JOIN kv_large ON kv_large.id = kv.value_id \
            WHERE kv.grp = ? AND (kv.expires_at IS NULL OR kv.expires_at > ?)\
            """;

    private static final ResultSetExtractor<List<JoinedEntry>> JOINED = rows -> {
        rows.next();
        byte[] text = rows.getBytes(1);
        return text == null ? List.of() : JoinedEntry.split(text);
    };

    private final JdbcOperations jdbc;
    private final String group;
    private final long now;
    private final Map<String, String> entries = new LinkedHashMap<>(2 * SLICE);
    private boolean someApart;

    private SlicedGroup(JdbcOperations jdbc, String group, long now) {
        this.jdbc = jdbc;
        this.group = group;
        this.now = now;
    }

    /** The live entries of a group at one moment, in the order of the keys' UTF-8 bytes. */
    static Map<String, String> entries(JdbcOperations jdbc, String group, long now) {
        SlicedGroup sliced = new SlicedGroup(jdbc, group, now);
        return SqliteSql.inTransaction(jdbc, SqliteSql.BEGIN_READ, sliced::read);
    }

    private Map<String, String> read() {
        String start = "";
        while (start != null) {
            String next = startOfNext(start);
            take(slice(start, next));
            start = next;
        }
        if (someApart) {
            RowCallbackHandler put = row -> entries.put(row.getString(1), row.getString(2));
            jdbc.query(VALUES_APART, put, group, now);
        }
        return entries;
    }

    private @Nullable String startOfNext(String start) {
        return jdbc.query(
                START_OF_NEXT,
                statement -> {
                    statement.setString(1, group);
                    statement.setString(2, start);
                    statement.setInt(3, SLICE);
                },
                rows -> rows.next() ? rows.getString(1) : null);
    }

    private List<JoinedEntry> slice(String start, @Nullable String next) {
        return jdbc.query(
                next == null ? LAST_SLICE : SLICE_BEFORE_NEXT,
                statement -> {
                    statement.setString(1, group);
                    statement.setLong(2, now);
                    statement.setString(3, start);
                    if (next != null) {
                        statement.setString(4, next);
                    }
                },
                JOINED);
    }

    private void take(List<JoinedEntry> slice) {
        for (JoinedEntry entry : slice) {
            String value = entry.value();
            someApart |= value == null;
            // What lies apart keeps its place until it comes.
            entries.put(entry.key(), value == null ? "" : value);
        }
    }
}
