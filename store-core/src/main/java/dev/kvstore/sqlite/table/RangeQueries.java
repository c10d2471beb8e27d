package dev.kvstore.sqlite.table;

import dev.kvstore.KvRange;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.StoredPage;
import dev.kvstore.engine.StoredPage.KeyedEntry;
import dev.kvstore.engine.StoredText;
import dev.kvstore.engine.Value;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Queries of entries and groups in the order of their names' UTF-8 bytes, along the primary key. */
final class RangeQueries {

    // Names of the type BLOB, which only another program writes, sort behind all texts, from the empty BLOB on.
    private static final String GROUP_FROM = """
            SELECT grp FROM kv WHERE grp >= ? AND grp < x'' AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp LIMIT 1\
            """;
    private static final String GROUP_AFTER = """
            SELECT grp FROM kv WHERE grp > ? AND grp < x'' AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp LIMIT 1\
            """;
    private static final String IN_RANGE = """
             WHERE grp = ?1 AND key >= CAST(?2 AS TEXT) AND key < coalesce(CAST(?3 AS TEXT), x'') \
            AND (expires_at IS NULL OR expires_at > ?4)\
            """;
    private static final String ASCENDING = IN_RANGE + " ORDER BY key LIMIT ?5";
    private static final String DESCENDING = IN_RANGE + " ORDER BY key DESC LIMIT ?5";
    private static final String COUNT = "SELECT count(*) FROM kv" + IN_RANGE;
    private static final String COUNT_GROUP = """
            SELECT count(*) FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;
    private static final String ENTRIES = "SELECT key, value, expires_at, version FROM kv_entry";
    private static final String PAGE = ENTRIES + ASCENDING;
    private static final String PAGE_REVERSED = ENTRIES + DESCENDING;
    private static final String KEYS = "SELECT key, expires_at FROM kv" + ASCENDING;
    private static final String KEYS_REVERSED = "SELECT key, expires_at FROM kv" + DESCENDING;
    private static final String KEY_AT = "SELECT key FROM kv" + IN_RANGE + " ORDER BY key LIMIT 1 OFFSET ?5";
    private static final String KEY_AT_REVERSED =
            "SELECT key FROM kv" + IN_RANGE + " ORDER BY key DESC LIMIT 1 OFFSET ?5";

    private RangeQueries() {}

    static Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query, long now) {
        byte[] prefix = query.prefix().getBytes(StandardCharsets.UTF_8);
        return jdbc.query(
                query.inclusive() ? GROUP_FROM : GROUP_AFTER,
                statement -> {
                    statement.setString(1, query.from());
                    statement.setLong(2, now);
                },
                rows -> rows.next() ? nameIn(rows.getBytes(1), prefix) : Optional.empty());
    }

    // Compares bytes: a name without the prefix ends the search, valid UTF-8 or not.
    private static Optional<String> nameIn(byte[] name, byte[] prefix) {
        boolean hasPrefix =
                name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
        return hasPrefix ? Optional.of(StoredText.group(name)) : Optional.empty();
    }

    static long count(JdbcOperations jdbc, String group, KeyBounds bounds, long now) {
        return jdbc.query(COUNT, statement -> bind(statement, group, bounds, now), RangeQueries::number);
    }

    static long count(JdbcOperations jdbc, String group, long now) {
        return jdbc.query(
                COUNT_GROUP,
                statement -> {
                    statement.setString(1, group);
                    statement.setLong(2, now);
                },
                RangeQueries::number);
    }

    private static long number(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong(1);
    }

    /** The key of the last of a number of live entries, in the direction of the range; null if there are fewer. */
    static byte @Nullable [] keyAt(JdbcOperations jdbc, String group, KvRange range, int number, long now) {
        KeyBounds bounds = KeyBounds.of(range);
        return jdbc.query(
                range.isReversed() ? KEY_AT_REVERSED : KEY_AT,
                statement -> {
                    bind(statement, group, bounds, now);
                    statement.setInt(5, number - 1);
                },
                rows -> rows.next() ? rows.getBytes(1) : null);
    }

    static StoredPage page(JdbcOperations jdbc, Query.Page query, long now) {
        KeyBounds bounds = KeyBounds.of(query.range());
        boolean reversed = query.range().isReversed();
        return jdbc.query(
                query.keysOnly() ? (reversed ? KEYS_REVERSED : KEYS) : (reversed ? PAGE_REVERSED : PAGE),
                statement -> {
                    bind(statement, query.group(), bounds, now);
                    // One more tells whether entries follow.
                    statement.setInt(5, query.limit() + 1);
                },
                read(query));
    }

    private static ResultSetExtractor<StoredPage> read(Query.Page query) {
        return rows -> {
            List<KeyedEntry> entries = new ArrayList<>(Math.min(query.limit(), 128));
            long bytes = 0;
            while (rows.next()) {
                if (entries.size() == query.limit() || bytes >= query.maxBytes()) {
                    return new StoredPage(entries, true);
                }
                byte[] name = rows.getBytes(1);
                String key = StoredText.key(name, 0, name.length, query.group());
                StoredEntry entry = entry(rows, query, key);
                entries.add(new KeyedEntry(key, entry));
                bytes += name.length + size(entry.value());
            }
            return new StoredPage(entries, false);
        };
    }

    private static StoredEntry entry(ResultSet rows, Query.Page query, String key) throws SQLException {
        return query.keysOnly()
                ? new StoredEntry(null, EntryQueries.expiresAt(rows, 2), 0)
                : new StoredEntry(
                        StoredValue.read(rows, 2, query.group(), key),
                        EntryQueries.expiresAt(rows, 3),
                        rows.getLong(4));
    }

    // About: the length of a text in bytes is not known without another pass.
    private static long size(@Nullable Value value) {
        if (value instanceof Value.Bytes bytes) {
            return bytes.bytes().length;
        }
        return value instanceof Value.Text text ? text.text().length() : 0;
    }

    private static void bind(PreparedStatement statement, String group, KeyBounds bounds, long now)
            throws SQLException {
        bounds.bind(statement, group);
        statement.setLong(4, now);
    }
}
