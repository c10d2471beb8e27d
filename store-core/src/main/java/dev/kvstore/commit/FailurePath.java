package dev.kvstore.commit;

import dev.kvstore.Durability;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import org.springframework.dao.DataAccessException;

/**
 * Runs once, when a store opens, the code of the queue that otherwise first runs when memory or stack has run out: the
 * first run of code loads and links classes, which takes both, and a class whose initialization failed is lost to the
 * process for good.
 */
public final class FailurePath {

    private FailurePath() {}

    /** Rehearses with changes that are not run. */
    public static void rehearse(BusyTimeout busyTimeout, Dialect dialect) {
        rehearseLeading(busyTimeout, dialect);
        rehearseOutcomes(busyTimeout, dialect);
    }

    private static void rehearseLeading(BusyTimeout busyTimeout, Dialect dialect) {
        CommitQueue queue = new CommitQueue(busyTimeout.database(), 1, batch -> {
            throw new StackOverflowError("rehearsal");
        });
        try {
            queue.commit(write(dialect));
        } catch (StackOverflowError expected) {
            queue.close();
        }
    }

    private static void rehearseOutcomes(BusyTimeout busyTimeout, Dialect dialect) {
        Write<?> own = write(dialect);
        Write<?> unknown = write(dialect);
        Write<?> locked = write(dialect);
        Write<?> pending = write(dialect);
        WriteList waiting = new WriteList();
        waiting.add(unknown);
        waiting.add(locked);
        waiting.add(pending);
        Batch batch = new Batch(new CommitQueue(busyTimeout.database(), 1, committed -> {}), 0, null);
        batch.begin(own);
        batch.moveFrom(waiting);
        batch.endOverdue(busyTimeout);
        batch.separate();
        waiting.prepend(batch.returned());
        batch.end();
        unknown.endUnknown();
        locked.endLocked(busyTimeout);
        takeOutcome(unknown, busyTimeout);
        takeOutcome(locked, busyTimeout);
        takeOutcome(pending, busyTimeout);
    }

    private static void takeOutcome(Write<?> write, BusyTimeout busyTimeout) {
        try {
            write.outcome(busyTimeout.database());
        } catch (DataAccessException expected) {
            write.runAlone();
        }
    }

    private static Write<Long> write(Dialect dialect) {
        return new Write<>(new Change.DeleteGroup(""), dialect, Durability.FULL);
    }
}
