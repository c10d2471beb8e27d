package dev.kvstore.sqlite.table;

import dev.kvstore.engine.ArrayMap;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.StoredText;
import dev.kvstore.engine.Value;
import dev.kvstore.sqlite.connection.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Reads a group in slices: SQLite joins the entries of a slice into one long value, which is split here. A row for each
 * entry would cost several calls of the driver. Slices with long entries or bytes, and out-of-row values, are read row
 * by row.
 *
 * <p>Slices are bounded by entries and by bytes. Their borders are bytes, never text: keys that are not UTF-8 have no
 * text, and a key with replaced characters could lead back to an earlier slice.
 */
final class SlicedGroup {

    /** A longer slice gains nothing. */
    private static final int SLICE = 500;

    /**
     * The longest key that is joined, in bytes: a slice is then at most 8 MB long, with 512 bytes of value in a row.
     */
    private static final int LONGEST_JOINED = 16_384;

    private static final byte[] LEAST_KEY = {};

    private static final String START_OF_NEXT = """
            SELECT key FROM kv WHERE grp = ? AND key >= CAST(? AS TEXT) ORDER BY key LIMIT 1 OFFSET ?\
            """;
    private static final String OF_LAST_SLICE = """
             FROM kv WHERE grp = ? AND (expires_at IS NULL OR expires_at > ?) AND key >= CAST(? AS TEXT)\
            """;
    private static final String OF_SLICE_BEFORE_NEXT = OF_LAST_SLICE + " AND key < CAST(? AS TEXT)";
    // Bytes sort behind all texts. A null value is out of row.
    private static final String JOINED = "SELECT count(*), CAST(group_concat(iif(octet_length(key) > " + LONGEST_JOINED
            + " OR value >= x'', " + JoinedSlice.NOT_JOINED
            + ", coalesce(key || " + JoinedSlice.VALUE_FOLLOWS + " || value, key || " + JoinedSlice.OUT_OF_ROW + ")), "
            + JoinedSlice.NEXT_ENTRY + ") AS BLOB)";
    private static final String LAST_SLICE = JOINED + OF_LAST_SLICE;
    private static final String SLICE_BEFORE_NEXT = JOINED + OF_SLICE_BEFORE_NEXT;
    private static final String ROWS = "SELECT key, value";
    private static final String IN_ORDER = " ORDER BY key";
    private static final String ROWS_OF_LAST_SLICE = ROWS + OF_LAST_SLICE + IN_ORDER;
    private static final String ROWS_BEFORE_NEXT = ROWS + OF_SLICE_BEFORE_NEXT + IN_ORDER;
    private static final String OUT_OF_ROW = """
            SELECT kv.key, kv_large.value FROM kv JOIN kv_large ON kv_large.id = kv.value_id \
            WHERE kv.grp = ? AND (kv.expires_at IS NULL OR kv.expires_at > ?)\
            """;

    private final JdbcOperations jdbc;
    private final String group;
    private final long now;
    private final ArrayMap.Builder<Value> entries = new ArrayMap.Builder<>(SLICE);
    private final Map<String, Integer> outOfRow = new HashMap<>();

    private SlicedGroup(JdbcOperations jdbc, String group, long now) {
        this.jdbc = jdbc;
        this.group = group;
        this.now = now;
    }

    /** The live entries of a group at one moment, in the order of the keys' UTF-8 bytes. */
    static Map<String, Value> entries(JdbcOperations jdbc, String group, long now) {
        SlicedGroup sliced = new SlicedGroup(jdbc, group, now);
        return Transactions.read(jdbc, sliced::read);
    }

    private Map<String, Value> read() {
        byte[] start = LEAST_KEY;
        while (start != null) {
            byte[] next = startOfNext(start);
            read(start, next);
            start = next;
        }
        if (!outOfRow.isEmpty()) {
            RowCallbackHandler fillIn = row -> {
                String key = row.getString(1);
                Value value = StoredValue.read(row, 2, group, key);
                entries.set(Objects.requireNonNull(outOfRow.get(key)), Objects.requireNonNull(value));
            };
            jdbc.query(OUT_OF_ROW, fillIn, group, now);
        }
        return entries.build();
    }

    private byte @Nullable [] startOfNext(byte[] start) {
        byte[] next = jdbc.query(
                START_OF_NEXT,
                statement -> {
                    statement.setString(1, group);
                    statement.setBytes(2, start);
                    statement.setInt(3, SLICE);
                },
                rows -> rows.next() ? rows.getBytes(1) : null);
        if (next != null && Arrays.compareUnsigned(next, start) <= 0) {
            // A key of the type BLOB, which sorts behind all texts.
            throw new DataRetrievalFailureException("The group '" + Names.printable(group)
                    + "' has keys that are not text: another program wrote them");
        }
        return next;
    }

    private void read(byte[] start, byte @Nullable [] next) {
        boolean joined = jdbc.query(
                next == null ? LAST_SLICE : SLICE_BEFORE_NEXT, statement -> bind(statement, start, next), this::split);
        if (!joined) {
            readRows(start, next);
        }
    }

    private boolean split(ResultSet rows) throws SQLException {
        rows.next();
        int count = rows.getInt(1);
        return count == 0 || JoinedSlice.split(rows.getBytes(2), count, group, entries, outOfRow);
    }

    private void readRows(byte[] start, byte @Nullable [] next) {
        RowCallbackHandler put = row -> {
            byte[] bytes = row.getBytes(1);
            String key = StoredText.key(bytes, 0, bytes.length, group);
            Value value = StoredValue.read(row, 2, group, key);
            if (value == null) {
                outOfRow.put(key, entries.add(key, JoinedSlice.NOT_READ_YET));
            } else {
                entries.add(key, value);
            }
        };
        jdbc.query(
                next == null ? ROWS_OF_LAST_SLICE : ROWS_BEFORE_NEXT, statement -> bind(statement, start, next), put);
    }

    private void bind(PreparedStatement statement, byte[] start, byte @Nullable [] next) throws SQLException {
        statement.setString(1, group);
        statement.setLong(2, now);
        statement.setBytes(3, start);
        if (next != null) {
            statement.setBytes(4, next);
        }
    }
}
