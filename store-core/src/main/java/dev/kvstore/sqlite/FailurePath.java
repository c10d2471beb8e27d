package dev.kvstore.sqlite;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Runs once, when a store opens, what otherwise first runs when memory or stack has run out: the first run of code loads and
 * links classes, which takes both, and a class whose initialization failed is lost to the process for good.
 */
final class FailurePath {

    private static final SQLiteErrorCode[] ERRORS = {
        SQLiteErrorCode.SQLITE_BUSY,
        SQLiteErrorCode.SQLITE_FULL,
        SQLiteErrorCode.SQLITE_NOMEM,
        SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
    };

    private FailurePath() {}

    static void rehearse(BusyTimeout busyTimeout, Session session) {
        SqliteErrors errors = new SqliteErrors(busyTimeout.database());
        for (SQLiteErrorCode code : ERRORS) {
            Write.leavesNothingOpen(errors.translate("rehearsal", null, new SQLiteException("rehearsal", code)));
        }
        SQLException open = session.rollBack();
        if (open != null) {
            throw errors.translate("rollback", null, open);
        }
        rehearseLeading(busyTimeout);
        rehearseOutcomes(busyTimeout);
    }

    private static void rehearseLeading(BusyTimeout busyTimeout) {
        CommitQueue queue = new CommitQueue(busyTimeout.database(), batch -> {
            throw new StackOverflowError("rehearsal");
        });
        try {
            queue.commit(write());
        } catch (StackOverflowError expected) {
            queue.close();
        }
    }

    private static void rehearseOutcomes(BusyTimeout busyTimeout) {
        Write<Boolean> own = write();
        Write<Boolean> unknown = write();
        Write<Boolean> locked = write();
        Write<Boolean> pending = write();
        WriteList waiting = new WriteList();
        waiting.add(own);
        waiting.add(unknown);
        waiting.add(locked);
        waiting.add(pending);
        Batch batch = new Batch(new CommitQueue(busyTimeout.database(), committed -> {}));
        batch.begin(own, waiting);
        batch.endOverdue(busyTimeout);
        batch.separate();
        waiting.prepend(batch.returned());
        batch.end();
        unknown.endUnknown();
        locked.endLocked(busyTimeout);
        ask(unknown, busyTimeout);
        ask(locked, busyTimeout);
        ask(pending, busyTimeout);
    }

    private static void ask(Write<?> write, BusyTimeout busyTimeout) {
        try {
            write.outcome(busyTimeout.database());
        } catch (DataAccessException expected) {
            write.runAlone();
        }
    }

    private static Write<Boolean> write() {
        return new Write<>(jdbc -> true, false);
    }
}
