package dev.kvstore.sqlite.table;

import dev.kvstore.KvChange;
import dev.kvstore.engine.FeedPosition;
import dev.kvstore.engine.FeedQuery;
import dev.kvstore.engine.LoggedChanges;
import dev.kvstore.engine.LoggedChanges.Logged;
import dev.kvstore.engine.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.JdbcOperations;

/** Queries of the rows of the log. */
final class LoggedRows {

    private static final String LAST = """
            SELECT feed, coalesce((SELECT max(position) FROM kv_change), 0) FROM kv_meta\
            """;
    private static final String AFTER = """
            SELECT position, kind, grp, key, version FROM kv_change WHERE position > ? ORDER BY position LIMIT ?\
            """;

    /** Names can have 64 KB each, or more. */
    private static final int MAX_BYTES = 1 << 20;

    private LoggedRows() {}

    /** The position of the last change in the log. */
    static FeedPosition last(JdbcOperations jdbc) {
        return jdbc.query(LAST, rows -> {
            rows.next();
            return new FeedPosition(rows.getLong(1), rows.getLong(2));
        });
    }

    /** Call in a transaction. */
    static LoggedChanges changes(JdbcOperations jdbc, FeedQuery.Changes query) {
        FeedPosition last = last(jdbc);
        FeedPosition after = query.after();
        if (last.feed() != after.feed() || last.position() < after.position()) {
            return new LoggedChanges(List.of(), last, true);
        }
        return jdbc.query(
                AFTER,
                statement -> {
                    statement.setLong(1, after.position());
                    statement.setInt(2, query.limit());
                },
                rows -> {
                    return read(rows, after, query.groups());
                });
    }

    private static LoggedChanges read(ResultSet rows, FeedPosition after, Set<String> groups) throws SQLException {
        List<Logged> changes = new ArrayList<>();
        long position = after.position();
        long bytes = 0;
        while (bytes < MAX_BYTES && rows.next()) {
            long found = rows.getLong(1);
            if (found != position + 1) {
                // Only the oldest changes are removed, so that no hole follows a change.
                return new LoggedChanges(List.of(), new FeedPosition(after.feed(), found - 1), true);
            }
            position = found;
            bytes += add(changes, rows, groups);
        }
        return new LoggedChanges(changes, new FeedPosition(after.feed(), position), false);
    }

    private static int add(List<Logged> changes, ResultSet row, Set<String> groups) throws SQLException {
        byte[] group = row.getBytes(3);
        byte[] key = row.getBytes(4);
        try {
            String name = StoredText.group(group);
            if (groups.isEmpty() || groups.contains(name)) {
                KvChange change = new KvChange(
                        kind(row.getInt(2)), name, StoredText.key(key, 0, key.length, name), row.getLong(5));
                changes.add(new Logged(row.getLong(1), change));
            }
        } catch (DataRetrievalFailureException e) {
            // Another program wrote the entry, and no method of the store can name it.
            return group.length + key.length;
        }
        return group.length + key.length;
    }

    private static KvChange.Kind kind(int kind) {
        return switch (kind) {
            case ChangeTriggers.DELETED -> KvChange.Kind.DELETED;
            case ChangeTriggers.EXPIRED -> KvChange.Kind.EXPIRED;
            default -> KvChange.Kind.SET;
        };
    }
}
