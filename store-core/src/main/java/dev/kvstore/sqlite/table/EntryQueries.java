package dev.kvstore.sqlite.table;

import dev.kvstore.engine.EntryState;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Queries of entries by their keys. */
final class EntryQueries {

    private static final String GET = """
            SELECT value FROM kv_entry WHERE grp = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;
    private static final String FIND = """
            SELECT value, expires_at, version FROM kv_entry \
            WHERE grp = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;
    private static final String GET_STORED = """
            SELECT value, expires_at, version FROM kv_entry WHERE grp = ? AND key = ?\
            """;
    private static final String STATE = """
            SELECT version, expires_at FROM kv_entry \
            WHERE grp = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;

    private static final int KEYS = 64;

    private static final String GET_EACH = """
            SELECT key, value FROM kv_entry WHERE grp = ?1 AND (expires_at IS NULL OR expires_at > ?2) AND key IN (\
            ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, \
            ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, \
            ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48, ?49, ?50, \
            ?51, ?52, ?53, ?54, ?55, ?56, ?57, ?58, ?59, ?60, ?61, ?62, ?63, ?64, ?65, ?66) ORDER BY key\
            """;

    private EntryQueries() {}

    static Optional<Value> get(JdbcOperations jdbc, String group, String key, long now) {
        return jdbc.query(
                GET,
                live(group, key, now),
                rows -> rows.next() ? Optional.ofNullable(StoredValue.read(rows, 1, group, key)) : Optional.empty());
    }

    static StoredEntry find(JdbcOperations jdbc, String group, String key, long now) {
        return jdbc.query(FIND, live(group, key, now), storedIn(group, key));
    }

    static StoredEntry getStored(JdbcOperations jdbc, String group, String key) {
        return jdbc.query(GET_STORED, statement -> bindName(statement, group, key), storedIn(group, key));
    }

    private static ResultSetExtractor<StoredEntry> storedIn(String group, String key) {
        return rows -> rows.next()
                ? new StoredEntry(StoredValue.read(rows, 1, group, key), expiresAt(rows, 2), rows.getLong(3))
                : StoredEntry.ABSENT;
    }

    static Optional<EntryState> state(JdbcOperations jdbc, String group, String key, long now) {
        return jdbc.query(
                STATE,
                live(group, key, now),
                rows -> rows.next()
                        ? Optional.of(new EntryState(rows.getLong(1), expiresAt(rows, 2)))
                        : Optional.empty());
    }

    static long expiresAt(ResultSet rows, int column) throws SQLException {
        long expiresAt = rows.getLong(column);
        return rows.wasNull() ? StoredEntry.NEVER : expiresAt;
    }

    /** The live entries among sorted keys. Call in a transaction if there are more than {@link #KEYS}. */
    static Map<String, Value> getEach(JdbcOperations jdbc, String group, List<String> keys, long now) {
        Map<String, Value> entries = new LinkedHashMap<>(2 * keys.size());
        for (int start = 0; start < keys.size(); start += KEYS) {
            List<String> some = keys.subList(start, Math.min(start + KEYS, keys.size()));
            jdbc.query(GET_EACH, statement -> bindKeys(statement, group, some, now), row -> {
                String key = row.getString(1);
                entries.put(key, Objects.requireNonNull(StoredValue.read(row, 2, group, key)));
            });
        }
        return entries;
    }

    // The places that are left get the last key once more.
    private static void bindKeys(PreparedStatement statement, String group, List<String> keys, long now)
            throws SQLException {
        statement.setString(1, group);
        statement.setLong(2, now);
        for (int i = 0; i < KEYS; i++) {
            statement.setString(3 + i, keys.get(Math.min(i, keys.size() - 1)));
        }
    }

    static boolean isOneStatement(List<String> keys) {
        return keys.size() <= KEYS;
    }

    private static PreparedStatementSetter live(String group, String key, long now) {
        return statement -> {
            bindName(statement, group, key);
            statement.setLong(3, now);
        };
    }

    static void bindName(PreparedStatement statement, String group, String key) throws SQLException {
        statement.setString(1, group);
        statement.setString(2, key);
    }
}
