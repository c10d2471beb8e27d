package dev.kvstore.sqlite.table;

import dev.kvstore.engine.ChangeLog;
import dev.kvstore.engine.FeedChange;
import dev.kvstore.engine.FeedPosition;
import dev.kvstore.engine.FeedQuery;
import dev.kvstore.engine.LoggedChanges;
import dev.kvstore.sqlite.connection.Transactions;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The log of changes: {@code kv_change}, written by {@link ChangeTriggers}, and who reads it. A file that was restored
 * from a backup has gone back to older entries, which no row of its log says: its log begins anew, with a gap for all.
 *
 * @param fileNumber the number of the file in its file system; 0 if there is none
 */
record SqliteChangeLog(Versions versions, long fileNumber) implements ChangeLog {

    // Another store's block of versions ends here: it takes a new one, and sees that deletions are logged.
    private static final String START = """
            UPDATE kv_meta SET feed = random() | 1, feed_inode = ?, low = high\
            """;
    private static final String IS_RESTORED = """
            SELECT feed_inode <> ? FROM kv_meta\
            """;
    private static final String STOP = """
            UPDATE kv_meta SET feed = 0\
            """;

    private static final long NOBODY = 0;

    @Override
    public Optional<FeedPosition> subscribe(JdbcOperations jdbc, FeedChange.Subscribe subscribe) {
        FeedPosition last = LoggedRows.last(jdbc);
        if (last.feed() == 0) {
            ChangeTriggers.create(jdbc);
        }
        if (last.feed() == 0 || isRestored(jdbc)) {
            jdbc.update(START, fileNumber);
            last = LoggedRows.last(jdbc);
        }
        versions.deletionsAreLogged();
        return Subscribers.enter(jdbc, subscribe, last);
    }

    private boolean isRestored(JdbcOperations jdbc) {
        return Boolean.TRUE.equals(jdbc.queryForObject(IS_RESTORED, Boolean.class, fileNumber));
    }

    @Override
    public boolean advance(JdbcOperations jdbc, FeedChange.Advance advance) {
        return Subscribers.advance(jdbc, advance);
    }

    @Override
    public boolean unsubscribe(JdbcOperations jdbc, FeedChange.Unsubscribe unsubscribe) {
        boolean owned = Subscribers.leave(jdbc, unsubscribe);
        stopIfUnused(jdbc);
        return owned;
    }

    @Override
    public Optional<Boolean> forget(JdbcOperations jdbc, FeedChange.Forget forget) {
        if (Subscribers.isOwnedByAnother(jdbc, forget.name(), NOBODY, forget.validity())) {
            return Optional.empty();
        }
        boolean known = Subscribers.remove(jdbc, forget.name());
        stopIfUnused(jdbc);
        return Optional.of(known);
    }

    @Override
    public int trim(JdbcOperations jdbc, FeedChange.Trim trim) {
        Subscribers.removeUnseen(jdbc, trim.validity());
        stopIfUnused(jdbc);
        return LogTrimming.trim(jdbc, trim);
    }

    private static void stopIfUnused(JdbcOperations jdbc) {
        if (LoggedRows.last(jdbc).feed() != 0 && Subscribers.areNone(jdbc)) {
            ChangeTriggers.drop(jdbc);
            jdbc.update(STOP);
        }
    }

    @Override
    public LoggedChanges changes(JdbcOperations jdbc, FeedQuery.Changes query) {
        // Most often there are none, which takes one statement.
        return LoggedRows.last(jdbc).equals(query.after())
                ? new LoggedChanges(List.of(), query.after(), false)
                : Transactions.read(jdbc, () -> LoggedRows.changes(jdbc, query));
    }

    @Override
    public List<String> names(JdbcOperations jdbc) {
        return Subscribers.names(jdbc);
    }

    @Override
    public boolean isOwnedByAnother(JdbcOperations jdbc, FeedQuery.IsOwnedByAnother query) {
        return Subscribers.isOwnedByAnother(jdbc, query.name(), query.owner(), query.validity());
    }

    @Override
    public boolean exists(JdbcOperations jdbc) {
        return LogTrimming.exists(jdbc);
    }
}
