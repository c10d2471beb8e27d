package dev.kvstore.contract.h2;

import dev.kvstore.Expiry;
import dev.kvstore.KvRange;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.EntryState;
import dev.kvstore.engine.ExpiryTime;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.StoredPage;
import dev.kvstore.engine.StoredPage.KeyedEntry;
import dev.kvstore.engine.StoredText;
import dev.kvstore.engine.Value;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * The operations in H2's SQL. All text is stored as UTF-8 bytes: {@code VARBINARY} is ordered by unsigned bytes. Values
 * are {@code BLOB}, because H2 limits {@code VARBINARY} to 1 MB. A change first locks the row of its entry, if there is
 * one, and two that insert the same row do not both succeed.
 */
record H2Dialect(Instant now) implements Dialect {

    private static final String SCHEMA = """
            CREATE TABLE kv (grp VARBINARY(1048576), name VARBINARY(1048576), content BLOB NOT NULL, \
            is_text BOOLEAN NOT NULL, expires_at BIGINT, version BIGINT NOT NULL, PRIMARY KEY (grp, name));
            CREATE INDEX kv_expires_at ON kv (expires_at);
            CREATE SEQUENCE kv_version\
            """;
    private static final String NEXT_VERSION = "SELECT NEXT VALUE FOR kv_version";
    private static final String COLUMNS = "SELECT content, is_text, expires_at, version, name FROM kv";
    private static final String ENTRY = COLUMNS + " WHERE grp = ? AND name = ?";
    private static final String ENTRY_LOCKED = ENTRY + " FOR UPDATE";
    private static final String LIVE = " WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?)";
    private static final String IN_RANGE = LIVE + " AND name >= ? AND (? IS NULL OR name < ?)";
    private static final String ALL = COLUMNS + LIVE + " ORDER BY name";
    private static final String PAGE = COLUMNS + IN_RANGE + " ORDER BY name FETCH FIRST ? ROWS ONLY";
    private static final String PAGE_REVERSED = COLUMNS + IN_RANGE + " ORDER BY name DESC FETCH FIRST ? ROWS ONLY";
    private static final String COUNT = "SELECT count(*) FROM kv" + IN_RANGE;
    private static final String NEXT_GROUP = """
            SELECT grp FROM kv WHERE (grp > ? OR ? AND grp = ?) AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp FETCH FIRST ROW ONLY\
            """;
    private static final String INSERT = """
            INSERT INTO kv (content, is_text, expires_at, version, grp, name) VALUES (?, ?, ?, ?, ?, ?)\
            """;
    private static final String UPDATE = """
            UPDATE kv SET content = ?, is_text = ?, expires_at = ?, version = ? WHERE grp = ? AND name = ?\
            """;
    private static final String DELETE = "DELETE FROM kv WHERE grp = ? AND name = ?";
    private static final String DELETE_RANGE = """
            SELECT count(*) FROM OLD TABLE (DELETE FROM kv WHERE grp = ? AND name >= ? AND (? IS NULL OR name < ?)) \
            WHERE expires_at IS NULL OR expires_at > ?\
            """;
    private static final String PURGE = "DELETE FROM kv WHERE expires_at <= ? FETCH FIRST ? ROWS ONLY";

    private static final Value NOTHING = new Value.Text("");

    static void createTable(JdbcOperations jdbc) {
        jdbc.execute(SCHEMA);
    }

    @Override
    public StoredEntry find(JdbcOperations jdbc, String group, String key) {
        return getStored(jdbc, group, key).at(millis());
    }

    @Override
    public StoredEntry getStored(JdbcOperations jdbc, String group, String key) {
        return jdbc.query(ENTRY, stored(group, key), bytes(group), bytes(key));
    }

    private static StoredEntry locked(JdbcOperations jdbc, String group, String key) {
        return jdbc.query(ENTRY_LOCKED, stored(group, key), bytes(group), bytes(key));
    }

    @Override
    public Optional<EntryState> lockedState(JdbcOperations jdbc, String group, String key) {
        if (locked(jdbc, group, key).value() == null) {
            // Until the transaction ends, nobody else can insert a row that it has inserted and deleted.
            write(jdbc, StoredEntry.ABSENT, group, key, NOTHING, 0L);
            jdbc.update(DELETE, bytes(group), bytes(key));
        }
        return state(jdbc, group, key);
    }

    private static ResultSetExtractor<StoredEntry> stored(String group, String key) {
        return rows -> rows.next() ? stored(rows, group, key) : StoredEntry.ABSENT;
    }

    private static StoredEntry stored(ResultSet rows, String group, String key) throws SQLException {
        byte[] content = rows.getBytes(1);
        Value value = rows.getBoolean(2)
                ? new Value.Text(StoredText.value(content, 0, content.length, group, key))
                : new Value.Bytes(content);
        long expiresAt = rows.getLong(3);
        return new StoredEntry(value, rows.wasNull() ? StoredEntry.NEVER : expiresAt, rows.getLong(4));
    }

    @Override
    public Map<String, Value> getAll(JdbcOperations jdbc, String group) {
        Map<String, Value> values = new LinkedHashMap<>();
        jdbc.query(ALL, entries(group), bytes(group), millis())
                .forEach(keyed -> values.put(
                        keyed.key(), Objects.requireNonNull(keyed.entry().value())));
        return values;
    }

    @Override
    public Map<String, Value> getEach(JdbcOperations jdbc, String group, List<String> keys) {
        Map<String, Value> values = getAll(jdbc, group);
        values.keySet().retainAll(keys);
        return values;
    }

    @Override
    public long count(JdbcOperations jdbc, String group, KvRange range) {
        byte[] before = range.upperBound().map(H2Dialect::bytes).orElse(null);
        return jdbc.query(COUNT, H2Dialect::number, bytes(group), millis(), bytes(range.lowerBound()), before, before);
    }

    @Override
    public StoredPage page(JdbcOperations jdbc, Query.Page query) {
        KvRange range = query.range();
        byte[] before = range.upperBound().map(H2Dialect::bytes).orElse(null);
        List<KeyedEntry> found = jdbc.query(
                range.isReversed() ? PAGE_REVERSED : PAGE,
                entries(query.group()),
                bytes(query.group()),
                millis(),
                bytes(range.lowerBound()),
                before,
                before,
                query.limit() + 1);
        long size = 0;
        int end = 0;
        while (end < Math.min(found.size(), query.limit()) && size < query.maxBytes()) {
            size += query.keysOnly() ? 0 : size(found.get(end).entry().value());
            end++;
        }
        return new StoredPage(found.subList(0, end), end < found.size());
    }

    private static long size(@Nullable Value value) {
        if (value instanceof Value.Bytes bytes) {
            return bytes.bytes().length;
        }
        return value instanceof Value.Text text ? text.text().length() : 0;
    }

    private static ResultSetExtractor<List<KeyedEntry>> entries(String group) {
        return rows -> {
            List<KeyedEntry> entries = new ArrayList<>();
            while (rows.next()) {
                byte[] name = rows.getBytes(5);
                String key = StoredText.key(name, 0, name.length, group);
                entries.add(new KeyedEntry(key, stored(rows, group, key)));
            }
            return entries;
        };
    }

    @Override
    public Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query) {
        return jdbc.query(
                NEXT_GROUP,
                rows -> rows.next()
                        ? Optional.of(StoredText.group(rows.getBytes(1)))
                                .filter(name -> name.startsWith(query.prefix()))
                        : Optional.empty(),
                bytes(query.from()),
                query.inclusive(),
                bytes(query.from()),
                millis());
    }

    @Override
    public OptionalLong put(JdbcOperations jdbc, Change.Put put) {
        StoredEntry row = locked(jdbc, put.group(), put.key());
        return put.condition().isMetBy(row.at(millis()).version())
                ? OptionalLong.of(write(jdbc, row, put))
                : OptionalLong.empty();
    }

    /** Writes where a row was, or none: if another transaction has inserted one since, this fails and is retried. */
    private long write(JdbcOperations jdbc, StoredEntry row, Change.Put put) {
        StoredEntry live = row.at(millis());
        Long expiresAt = put.expiry() instanceof Expiry.Keep
                ? live.expiresAt() == StoredEntry.NEVER ? null : Long.valueOf(live.expiresAt())
                : ExpiryTime.ofNew(put.expiry(), now);
        return write(jdbc, row, put.group(), put.key(), put.value(), expiresAt);
    }

    private static long write(
            JdbcOperations jdbc, StoredEntry row, String group, String key, Value value, @Nullable Long expiresAt) {
        long version = jdbc.query(NEXT_VERSION, H2Dialect::number);
        boolean isText = value instanceof Value.Text;
        byte[] content = value instanceof Value.Text text ? bytes(text.text()) : ((Value.Bytes) value).bytes();
        jdbc.update(
                row.value() == null ? INSERT : UPDATE, content, isText, expiresAt, version, bytes(group), bytes(key));
        return version;
    }

    @Override
    public boolean expire(JdbcOperations jdbc, String group, String key, Expiry expiry, EntryState state) {
        StoredEntry live = locked(jdbc, group, key).at(millis());
        Long expiresAt = ExpiryTime.ofNew(expiry, now);
        if (live.value() == null || live.version() != state.version()) {
            return false;
        }
        if (live.expiresAt() != (expiresAt == null ? StoredEntry.NEVER : expiresAt)) {
            write(jdbc, live, group, key, live.value(), expiresAt);
        }
        return true;
    }

    @Override
    public OptionalLong increment(JdbcOperations jdbc, Change.Increment increment) {
        StoredEntry row = locked(jdbc, increment.group(), increment.key());
        StoredEntry live = row.at(millis());
        try {
            String before = live.value() instanceof Value.Text text ? text.text() : live.value() == null ? "0" : "";
            long sum = Math.addExact(Long.parseLong(before), increment.delta());
            boolean canonical = before.equals(Long.toString(Long.parseLong(before)));
            if (!canonical || sum < increment.least() || sum > increment.greatest()) {
                return OptionalLong.empty();
            }
            Expiry expiry = live.value() == null ? increment.ofNewEntry() : Expiry.keep();
            write(jdbc, row, numberPut(increment, sum, expiry));
            return OptionalLong.of(sum);
        } catch (NumberFormatException | ArithmeticException refused) {
            return OptionalLong.empty();
        }
    }

    private static Change.Put numberPut(Change.Increment increment, long sum, Expiry expiry) {
        Value.Text text = new Value.Text(Long.toString(sum));
        return new Change.Put(
                increment.group(), increment.key(), text, text.text().length(), expiry, Condition.ANY);
    }

    @Override
    public boolean delete(JdbcOperations jdbc, Change.Delete delete) {
        StoredEntry row = locked(jdbc, delete.group(), delete.key());
        StoredEntry live = row.at(millis());
        if (!delete.condition().isMetBy(live.version())) {
            return false;
        }
        deleteRow(jdbc, row, delete.group(), delete.key());
        return live.value() != null;
    }

    /** Deletes the row that is locked; not one that another transaction has inserted since. */
    private static void deleteRow(JdbcOperations jdbc, StoredEntry row, String group, String key) {
        if (row.value() != null) {
            jdbc.update(DELETE, bytes(group), bytes(key));
        }
    }

    @Override
    public long deleteRange(JdbcOperations jdbc, String group, KvRange range) {
        KvRange deleted = range.maxEntries().isPresent() ? cut(jdbc, group, range) : range;
        byte[] before = deleted.upperBound().map(H2Dialect::bytes).orElse(null);
        return jdbc.query(
                DELETE_RANGE, H2Dialect::number, bytes(group), bytes(deleted.lowerBound()), before, before, millis());
    }

    /** The part of a range that has as many live entries as its limit says; all of it if there are not more. */
    private KvRange cut(JdbcOperations jdbc, String group, KvRange range) {
        int limit = range.maxEntries().getAsInt();
        List<KeyedEntry> entries = page(jdbc, new Query.Page(group, range, limit, Long.MAX_VALUE, true))
                .entries();
        if (entries.size() < limit) {
            return range;
        }
        String last = entries.get(limit - 1).key();
        return range.isReversed() ? range.from(last) : range.before(last + '\0');
    }

    @Override
    public int purge(JdbcOperations jdbc, Instant upTo, int limit) {
        return jdbc.update(PURGE, Math.min(upTo.toEpochMilli(), millis()), limit);
    }

    private static long number(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong(1);
    }

    private long millis() {
        return now.toEpochMilli();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
