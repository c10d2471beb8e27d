package dev.kvstore.postgresql;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.dao.DataAccessException;

/** Decides whether an operation that had no effect is executed again, and pauses before. */
final class Retries {

    private static final int MOST = 5;
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private int conflicts;
    private boolean readOnly;

    /** Whether an operation that failed in this way may be repeated now. */
    boolean mayRepeat(DataAccessException e) {
        if (PostgresErrors.isConflict(e) && conflicts < MOST) {
            conflicts++;
            // Two that are in each other's way should not meet again. An interrupt only shortens the pause.
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE));
            return true;
        }
        if (PostgresErrors.isReadOnly(e) && !readOnly) {
            // Once: the connection was removed from the pool, and another one may lead to the new primary.
            readOnly = true;
            return true;
        }
        return false;
    }
}
