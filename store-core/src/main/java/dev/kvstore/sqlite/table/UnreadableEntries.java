package dev.kvstore.sqlite.table;

import dev.kvstore.engine.Utf8;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Counts the entries whose group, key or value is not text, before the table is rebuilt. SQLite has no function for it,
 * so it joins many entries into one value, which is text as a whole when each of them is; only a slice that is not is
 * checked entry by entry.
 */
final class UnreadableEntries {

    private static final int SLICE = 500;

    /** A longer entry is not joined, so that a slice is at most 8 MB. */
    private static final int LONGEST_JOINED = 16_384;

    /** The bytes of a value that are checked at a time: SQLite reads all of it for each part. */
    private static final int PART = 4 * 1024 * 1024;

    private static final String FROM_SLICE = " FROM (SELECT rowid, grp, key, value,"
            + " octet_length(grp) + octet_length(key) + octet_length(value) > " + LONGEST_JOINED
            + " OR typeof(grp) <> 'text' OR typeof(key) <> 'text' AS alone"
            + " FROM kv WHERE rowid >= ? ORDER BY rowid LIMIT " + SLICE + ")";
    private static final String SLICES = "SELECT max(rowid), total(alone),"
            + " CAST(group_concat(iif(alone, '', concat(grp, ' ', key, ' ', value)), ' ') AS BLOB)" + FROM_SLICE;
    private static final String ROWS = "SELECT rowid" + FROM_SLICE;
    private static final String NAMES =
            "SELECT typeof(grp) = 'text' AND typeof(key) = 'text', grp, key FROM kv WHERE rowid = ?";
    private static final String PART_OF_VALUE = "SELECT substr(CAST(value AS BLOB), ?, ?) FROM kv WHERE rowid = ?";

    /**
     * A slice of entries.
     *
     * @param last the rowid of the last of them; null when there is none
     */
    private record Slice(@Nullable Long last, boolean isText) {}

    private final JdbcOperations jdbc;

    UnreadableEntries(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    long count() {
        long count = 0;
        long start = Long.MIN_VALUE;
        while (true) {
            Slice slice = slice(start);
            if (slice.last() == null) {
                return count;
            }
            if (!slice.isText()) {
                count += countRows(start);
            }
            if (slice.last() == Long.MAX_VALUE) {
                return count;
            }
            start = slice.last() + 1;
        }
    }

    private Slice slice(long start) {
        return Objects.requireNonNull(jdbc.query(SLICES, statement -> statement.setLong(1, start), rows -> {
            rows.next();
            long last = rows.getLong(1);
            return rows.wasNull()
                    ? new Slice(null, true)
                    : new Slice(last, rows.getDouble(2) == 0 && Utf8.isValid(rows.getBytes(3)));
        }));
    }

    private long countRows(long start) {
        List<Long> rows = jdbc.query(ROWS, (row, number) -> row.getLong(1), start);
        return rows.stream()
                .filter(row -> !namesAreText(row) || !valueIsText(row))
                .count();
    }

    private boolean namesAreText(long row) {
        return Boolean.TRUE.equals(jdbc.query(
                NAMES,
                statement -> statement.setLong(1, row),
                rows -> rows.next()
                        && rows.getBoolean(1)
                        && Utf8.isValid(rows.getBytes(2))
                        && Utf8.isValid(rows.getBytes(3))));
    }

    private boolean valueIsText(long row) {
        long start = 1;
        while (true) {
            byte[] part = part(row, start);
            int valid = Utf8.validLength(part);
            if (part.length < PART) {
                return valid == part.length;
            }
            // A character may cross the end of a part, and is then checked with the next.
            if (valid <= part.length - Utf8.LONGEST_CHARACTER) {
                return false;
            }
            start += valid;
        }
    }

    private byte[] part(long row, long start) {
        byte[] part = jdbc.queryForObject(PART_OF_VALUE, byte[].class, start, PART, row);
        // SQLite returns null for a part of an empty value.
        return part == null ? new byte[0] : part;
    }
}
