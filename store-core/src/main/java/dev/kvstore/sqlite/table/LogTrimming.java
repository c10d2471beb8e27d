package dev.kvstore.sqlite.table;

import dev.kvstore.engine.FeedChange;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Removes the oldest rows of the log: those that all subscribers received, and those beyond the retention or the size.
 * While the log is written its last row stays, or positions would begin again. Rows have no time: a mark says up to
 * which position all were written by a time.
 */
final class LogTrimming {

    /** A mark is set at most this often in the time of the retention. */
    private static final int MARKS = 64;

    /** The part of a row that is not names. */
    private static final int OVERHEAD = 24;

    private static final int SAMPLES = 64;

    private static final long LONGEST_RETENTION = Duration.ofDays(365_000).toMillis();

    private static final String EXISTS = """
            SELECT feed <> 0 OR EXISTS (SELECT 1 FROM kv_change) FROM kv_meta\
            """;
    private static final String MARK = "INSERT INTO kv_change_mark (position, at) SELECT last, " + SystemTime.MILLIS
            + " FROM (SELECT coalesce(max(position), 0) AS last FROM kv_change)"
            + " WHERE last > (SELECT coalesce(max(position), 0) FROM kv_change_mark)"
            + " AND NOT EXISTS (SELECT 1 FROM kv_change_mark WHERE abs(" + SystemTime.MILLIS + " - at) < ?)";
    private static final String EXTENT = "SELECT feed, (SELECT min(position) FROM kv_change),"
            + " (SELECT max(position) FROM kv_change),"
            + " (SELECT min(position) FROM kv_subscriber WHERE kv_subscriber.feed = kv_meta.feed),"
            + " (SELECT max(position) FROM kv_change_mark WHERE at <= " + SystemTime.MILLIS + " - ?) FROM kv_meta";
    private static final String MEAN_SIZE = """
            WITH RECURSIVE sample (at) AS (SELECT ?1 UNION ALL SELECT at + ?3 FROM sample WHERE at + ?3 <= ?2) \
            SELECT avg(octet_length(grp) + octet_length(key)) FROM sample JOIN kv_change ON position = at\
            """;
    private static final String DELETE = """
            DELETE FROM kv_change WHERE position <= ?\
            """;
    private static final String DELETE_MARKS = """
            DELETE FROM kv_change_mark WHERE position < ?\
            """;

    /**
     * The log.
     *
     * @param first position of a row; 0 without rows
     * @param received by all subscribers; 0 without subscribers
     * @param expired up to here rows are older than the retention; 0 for none
     */
    private record Extent(boolean isWritten, long first, long last, long received, long expired) {}

    private LogTrimming() {}

    static boolean exists(JdbcOperations jdbc) {
        return Boolean.TRUE.equals(jdbc.queryForObject(EXISTS, Boolean.class));
    }

    static int trim(JdbcOperations jdbc, FeedChange.Trim trim) {
        long retention = millis(trim.retention());
        jdbc.update(MARK, statement -> statement.setLong(1, retention / MARKS));
        Extent extent = extent(jdbc, retention);
        if (extent.first == 0) {
            return 0;
        }
        long upTo = Math.min(removable(jdbc, extent, trim.maxBytes()), extent.first + trim.limit() - 1);
        if (upTo < extent.first) {
            return 0;
        }
        int removed = jdbc.update(DELETE, statement -> statement.setLong(1, upTo));
        // None is left of a log that has ended, or they would be of the next one.
        jdbc.update(DELETE_MARKS, statement -> statement.setLong(1, upTo == extent.last ? Long.MAX_VALUE : upTo));
        return removed;
    }

    private static long removable(JdbcOperations jdbc, Extent extent, long maxBytes) {
        if (!extent.isWritten) {
            return extent.last;
        }
        long most = Math.max(1, maxBytes / (OVERHEAD + meanSize(jdbc, extent)));
        long beyondSize = extent.last - most;
        return Math.min(extent.last - 1, Math.max(extent.received, Math.max(extent.expired, beyondSize)));
    }

    private static Extent extent(JdbcOperations jdbc, long retention) {
        return jdbc.query(EXTENT, statement -> statement.setLong(1, retention), rows -> {
            rows.next();
            return new Extent(rows.getLong(1) != 0, rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5));
        });
    }

    private static long meanSize(JdbcOperations jdbc, Extent extent) {
        return jdbc.query(
                MEAN_SIZE,
                statement -> {
                    statement.setLong(1, extent.first);
                    statement.setLong(2, extent.last);
                    statement.setLong(3, 1 + (extent.last - extent.first) / SAMPLES);
                },
                rows -> rows.next() ? rows.getLong(1) : 0L);
    }

    private static long millis(Duration retention) {
        return retention.compareTo(Duration.ofMillis(LONGEST_RETENTION)) < 0 ? retention.toMillis() : LONGEST_RETENTION;
    }
}
