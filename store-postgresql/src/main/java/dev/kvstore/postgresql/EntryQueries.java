package dev.kvstore.postgresql;

import dev.kvstore.engine.EntryState;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Utf8;
import dev.kvstore.engine.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Queries of entries by their names. */
final class EntryQueries {

    private static final String OF_ENTRY = " FROM kv e WHERE e.grp = ? AND e.key = ?";
    private static final String OF_LIVE_ENTRY = OF_ENTRY + " AND " + Moment.LIVE;

    private static final String GET = "SELECT e.value, e.bytes" + OF_LIVE_ENTRY;
    private static final String FIND = "SELECT e.value, e.bytes, e.expires_at, e.version" + OF_LIVE_ENTRY;
    private static final String GET_STORED = "SELECT e.value, e.bytes, e.expires_at, e.version" + OF_ENTRY;
    private static final String STATE = "SELECT e.version, e.expires_at" + OF_LIVE_ENTRY;
    private static final String GET_ALL = "SELECT e.key, e.full_key, e.value, e.bytes FROM kv e WHERE e.grp = ? AND "
            + Moment.LIVE + " ORDER BY e.key";
    private static final String GET_EACH = "SELECT e.key, e.full_key, e.value, e.bytes"
            + " FROM unnest(?::text[]) AS r(k) JOIN kv e ON e.grp = ? AND e.key = r.k WHERE " + Moment.LIVE
            + " ORDER BY e.key";

    private EntryQueries() {}

    static Optional<Value> get(JdbcOperations jdbc, EntryKey entry, Moment now) {
        return jdbc.query(
                GET, live(entry, now), rows -> rows.next() ? Optional.of(StoredValue.read(rows, 1)) : Optional.empty());
    }

    static StoredEntry find(JdbcOperations jdbc, EntryKey entry, Moment now) {
        return jdbc.query(FIND, live(entry, now), EntryQueries::stored);
    }

    static StoredEntry getStored(JdbcOperations jdbc, EntryKey entry) {
        return jdbc.query(GET_STORED, statement -> Parameters.of(statement).row(entry), EntryQueries::stored);
    }

    private static StoredEntry stored(ResultSet rows) throws SQLException {
        return rows.next()
                ? new StoredEntry(StoredValue.read(rows, 1), StoredValue.expiresAt(rows, 3), rows.getLong(4))
                : StoredEntry.ABSENT;
    }

    static Optional<EntryState> state(JdbcOperations jdbc, EntryKey entry, Moment now) {
        return jdbc.query(
                STATE,
                live(entry, now),
                rows -> rows.next()
                        ? Optional.of(new EntryState(rows.getLong(1), StoredValue.expiresAt(rows, 2)))
                        : Optional.empty());
    }

    private static PreparedStatementSetter live(EntryKey entry, Moment now) {
        return statement -> Parameters.of(statement).row(entry).number(now.millis());
    }

    static Map<String, Value> getAll(JdbcOperations jdbc, StoredName group, Moment now) {
        return jdbc.query(
                GET_ALL,
                statement -> Parameters.of(statement).text(group.name()).number(now.millis()),
                inOrder());
    }

    static Map<String, Value> getEach(JdbcOperations jdbc, StoredName group, List<String> keys, Moment now) {
        return jdbc.query(
                GET_EACH,
                statement -> Parameters.of(statement)
                        .texts(keys, key -> StoredName.of(key).name())
                        .text(group.name())
                        .number(now.millis()),
                inOrder());
    }

    // The index orders shortened keys by their beginnings only.
    private static ResultSetExtractor<Map<String, Value>> inOrder() {
        return rows -> {
            Map<String, Value> entries = new LinkedHashMap<>();
            boolean sorted = true;
            while (rows.next()) {
                String full = rows.getString(2);
                sorted &= full == null;
                entries.put(StoredName.read(rows.getString(1), full), StoredValue.read(rows, 3));
            }
            return sorted ? entries : sorted(entries);
        };
    }

    private static Map<String, Value> sorted(Map<String, Value> entries) {
        Map<String, Value> sorted = new TreeMap<>(Utf8::compare);
        sorted.putAll(entries);
        return sorted;
    }
}
