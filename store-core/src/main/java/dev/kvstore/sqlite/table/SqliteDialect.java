package dev.kvstore.sqlite.table;

import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.StoredText;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;

/** The operations in SQLite's SQL, on the tables that {@link ClusteredTable} creates. */
public record SqliteDialect(Instant now) implements Dialect {

    /**
     * The longest value, in UTF-8 bytes, that lies in its row of {@code kv}; a longer one lies out of row, in
     * {@code kv_large}. Measured with 300,000 entries: in the row wins up to 400 bytes, out of row from 800 on, since
     * long rows make the tree of keys deep.
     */
    static final int LARGEST_INLINE = 512;

    private static final String GET = """
            SELECT value FROM kv_entry WHERE grp = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;
    private static final String GET_STORED = """
            SELECT value, expires_at FROM kv_entry WHERE grp = ? AND key = ?\
            """;
    private static final String COUNT = """
            SELECT count(*) FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?)\
            """;
    // Names of the type BLOB, which only another program writes, sort behind all texts, from the empty BLOB on.
    private static final String GROUP_FROM = """
            SELECT grp FROM kv WHERE grp >= ? AND grp < x'' AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp LIMIT 1\
            """;
    private static final String GROUP_AFTER = """
            SELECT grp FROM kv WHERE grp > ? AND grp < x'' AND (expires_at IS NULL OR expires_at > ?) \
            ORDER BY grp LIMIT 1\
            """;
    private static final String SET = """
            INSERT INTO kv (grp, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (grp, key) \
            DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at, value_id = NULL\
            """;
    private static final String SET_OUT_OF_ROW = """
            INSERT INTO kv_entry (grp, key, value, expires_at, version) VALUES (?, ?, ?, ?, 1)\
            """;
    private static final String DELETE = """
            DELETE FROM kv WHERE grp = ? AND key = ? RETURNING expires_at IS NULL OR expires_at > ?\
            """;
    private static final String DELETE_GROUP = """
            DELETE FROM kv WHERE grp = ?\
            """;
    private static final String PURGE = """
            DELETE FROM kv WHERE expires_at <= ? LIMIT ?\
            """;

    @Override
    public Optional<String> get(JdbcOperations jdbc, String group, String key) {
        return jdbc.query(
                GET,
                entry(group, key),
                rows -> rows.next() ? Optional.of(StoredText.value(rows, 1, group, key)) : Optional.empty());
    }

    @Override
    public StoredEntry getStored(JdbcOperations jdbc, String group, String key) {
        ResultSetExtractor<StoredEntry> extractor = rows -> storedIn(rows, group, key);
        return jdbc.query(GET_STORED, statement -> bindName(statement, group, key), extractor);
    }

    private static StoredEntry storedIn(ResultSet rows, String group, String key) throws SQLException {
        if (!rows.next()) {
            return StoredEntry.ABSENT;
        }
        String value = StoredText.value(rows, 1, group, key);
        long expiresAt = rows.getLong(2);
        return new StoredEntry(value, rows.wasNull() ? StoredEntry.NEVER : expiresAt);
    }

    @Override
    public Map<String, String> getAll(JdbcOperations jdbc, String group) {
        return SlicedGroup.entries(jdbc, group, now.toEpochMilli());
    }

    @Override
    public long count(JdbcOperations jdbc, String group) {
        return jdbc.query(COUNT, group(group), rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    @Override
    public Optional<String> nextGroup(JdbcOperations jdbc, Query.NextGroup query) {
        byte[] prefix = query.prefix().getBytes(StandardCharsets.UTF_8);
        return jdbc.query(
                query.inclusive() ? GROUP_FROM : GROUP_AFTER,
                group(query.from()),
                rows -> rows.next() ? nameIn(rows.getBytes(1), prefix) : Optional.empty());
    }

    // Compares bytes: a name without the prefix ends the search, valid UTF-8 or not.
    private static Optional<String> nameIn(byte[] name, byte[] prefix) {
        boolean hasPrefix =
                name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
        return hasPrefix ? Optional.of(StoredText.group(name)) : Optional.empty();
    }

    @Override
    public void set(JdbcOperations jdbc, Change.Set set) {
        jdbc.update(set.size() > LARGEST_INLINE ? SET_OUT_OF_ROW : SET, statement -> {
            bindName(statement, set.group(), set.key());
            statement.setString(3, set.value());
            Long expiresAt = set.expiresAt(now);
            if (expiresAt == null) {
                statement.setNull(4, Types.BIGINT);
            } else {
                statement.setLong(4, expiresAt);
            }
        });
    }

    @Override
    public boolean delete(JdbcOperations jdbc, String group, String key) {
        return jdbc.query(DELETE, entry(group, key), SqliteDialect::deletedLiveRow);
    }

    // The statement is only committed after the call that finds no more rows.
    private static boolean deletedLiveRow(ResultSet rows) throws SQLException {
        boolean live = false;
        while (rows.next()) {
            live |= rows.getBoolean(1);
        }
        return live;
    }

    @Override
    public long deleteGroup(JdbcOperations jdbc, String group) {
        long live = count(jdbc, group);
        jdbc.update(DELETE_GROUP, group);
        return live;
    }

    // Entries set after the clock was set back expire before upTo, and are live.
    @Override
    public int purge(JdbcOperations jdbc, Instant upTo, int limit) {
        return jdbc.update(PURGE, Math.min(upTo.toEpochMilli(), now.toEpochMilli()), limit);
    }

    @Override
    public boolean isOneStatement(Change<?> change) {
        return !(change instanceof Change.DeleteGroup);
    }

    private PreparedStatementSetter entry(String group, String key) {
        return statement -> {
            bindName(statement, group, key);
            statement.setLong(3, now.toEpochMilli());
        };
    }

    private PreparedStatementSetter group(String group) {
        return statement -> {
            statement.setString(1, group);
            statement.setLong(2, now.toEpochMilli());
        };
    }

    private static void bindName(PreparedStatement statement, String group, String key) throws SQLException {
        statement.setString(1, group);
        statement.setString(2, key);
    }
}
