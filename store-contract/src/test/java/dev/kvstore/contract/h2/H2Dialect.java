package dev.kvstore.contract.h2;

import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.StoredText;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The operations in H2's SQL. All text is stored as UTF-8 bytes: {@code VARBINARY} is ordered by unsigned bytes. Values
 * are {@code BLOB}, because H2 limits {@code VARBINARY} to 1 MB.
 */
record H2Dialect(Instant now) implements Dialect {

    private static final String CREATE_TABLE = """
            CREATE TABLE kv (grp VARBINARY(1048576), name VARBINARY(1048576), content BLOB NOT NULL, \
            expires_at BIGINT, PRIMARY KEY (grp, name))\
            """;
    private static final String CREATE_INDEX = """
            CREATE INDEX kv_expires_at ON kv (expires_at)\
            """;
    private static final String GET = """
            SELECT content FROM kv WHERE grp = ? AND name = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;
    private static final String GET_STORED = """
            SELECT content, expires_at FROM kv WHERE grp = ? AND name = ?\
            """;
    private static final String GET_ALL = """
            SELECT name, content FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY name\
            """;
    private static final String COUNT = """
            SELECT count(*) FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;
    private static final String GROUP_FROM = """
            SELECT grp FROM kv WHERE grp >= ? AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp FETCH FIRST ROW ONLY\
            """;
    private static final String GROUP_AFTER = """
            SELECT grp FROM kv WHERE grp > ? AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp FETCH FIRST ROW ONLY\
            """;
    private static final String SET = """
            MERGE INTO kv (grp, name, content, expires_at) KEY (grp, name) VALUES (?, ?, ?, ?)\
            """;
    private static final String DELETE = """
            SELECT expires_at IS NULL OR expires_at > ? FROM OLD TABLE (DELETE FROM kv WHERE grp = ? AND name = ?)\
            """;
    private static final String DELETE_GROUP = """
            SELECT count(*) FROM OLD TABLE (DELETE FROM kv WHERE grp = ?) WHERE expires_at IS NULL OR expires_at > ?\
            """;
    private static final String PURGE = """
            DELETE FROM kv WHERE expires_at <= ? FETCH FIRST ? ROWS ONLY\
            """;

    static void createTable(JdbcOperations jdbc) {
        jdbc.execute(CREATE_TABLE);
        jdbc.execute(CREATE_INDEX);
    }

    @Override
    public Optional<String> get(JdbcOperations jdbc, String group, String key) {
        return jdbc.query(
                GET,
                rows -> rows.next() ? Optional.of(value(rows, 1, group, key)) : Optional.empty(),
                bytes(group),
                bytes(key),
                millis());
    }

    @Override
    public StoredEntry getStored(JdbcOperations jdbc, String group, String key) {
        return jdbc.query(
                GET_STORED,
                rows -> rows.next() ? stored(rows, group, key) : StoredEntry.ABSENT,
                bytes(group),
                bytes(key));
    }

    private static StoredEntry stored(ResultSet rows, String group, String key) throws SQLException {
        String value = value(rows, 1, group, key);
        long expiresAt = rows.getLong(2);
        return new StoredEntry(value, rows.wasNull() ? StoredEntry.NEVER : expiresAt);
    }

    @Override
    public Map<String, String> getAll(JdbcOperations jdbc, String group) {
        return jdbc.query(
                GET_ALL,
                rows -> {
                    Map<String, String> entries = new LinkedHashMap<>();
                    while (rows.next()) {
                        byte[] name = rows.getBytes(1);
                        String key = StoredText.key(name, 0, name.length, group);
                        entries.put(key, value(rows, 2, group, key));
                    }
                    return entries;
                },
                bytes(group),
                millis());
    }

    @Override
    public long count(JdbcOperations jdbc, String group) {
        return number(jdbc, COUNT, group);
    }

    @Override
    public Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query) {
        return jdbc.query(
                query.inclusive() ? GROUP_FROM : GROUP_AFTER,
                rows -> rows.next()
                        ? Optional.of(StoredText.group(rows.getBytes(1)))
                                .filter(name -> name.startsWith(query.prefix()))
                        : Optional.empty(),
                bytes(query.from()),
                millis());
    }

    @Override
    public void set(JdbcOperations jdbc, Change.Set set) {
        jdbc.update(SET, bytes(set.group()), bytes(set.key()), bytes(set.value()), set.expiresAt(now));
    }

    @Override
    public boolean delete(JdbcOperations jdbc, String group, String key) {
        return jdbc.query(DELETE, rows -> rows.next() && rows.getBoolean(1), millis(), bytes(group), bytes(key));
    }

    @Override
    public long deleteGroup(JdbcOperations jdbc, String group) {
        return number(jdbc, DELETE_GROUP, group);
    }

    @Override
    public int purge(JdbcOperations jdbc, Instant upTo, int limit) {
        return jdbc.update(PURGE, Math.min(upTo.toEpochMilli(), millis()), limit);
    }

    @Override
    public boolean isOneStatement(Change<?> change) {
        return true;
    }

    private long number(JdbcOperations jdbc, String sql, String group) {
        return jdbc.query(
                sql,
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                },
                bytes(group),
                millis());
    }

    private long millis() {
        return now.toEpochMilli();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String value(ResultSet rows, int column, String group, String key) throws SQLException {
        byte[] value = rows.getBytes(column);
        return StoredText.value(value, 0, value.length, group, key);
    }
}
