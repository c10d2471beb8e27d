package dev.kvstore.sqlite;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An operation on its way to its commit. The thread that made it waits for the answer, which it gets only after the commit;
 * another thread may run it meanwhile, or make this one the leader that runs the next batch.
 *
 * <p>Exceptions that tell of the queue are made by the thread that gets them: the leader may have no memory for them, and
 * their stack trace leads to the call.
 */
final class Write<T extends @Nullable Object> implements Consumer<JdbcOperations> {

    /** What is known of a write. Only the thread that leads changes it. */
    private enum State {
        /** Not executed, or rolled back. */
        PENDING,
        /** Committed, or failed by itself: {@link #failure} tells which. */
        SETTLED,
        /** Not executed: another process held the lock for too long. */
        LOCKED,
        /** COMMIT was issued, and nobody knows what became of it. */
        UNKNOWN
    }

    private final Function<JdbcOperations, T> operation;
    private final boolean severalStatements;
    private final long start = System.nanoTime();
    private final Thread caller = Thread.currentThread();

    /** The next write in the list that this one is in. */
    @Nullable
    Write<?> next;

    private State state = State.PENDING;
    private boolean alone;
    private @Nullable T result;
    private @Nullable Throwable failure;
    private @Nullable Thread failedIn;
    private @Nullable BusyTimeout exceeded;
    private volatile boolean leads;
    private volatile boolean answered;

    /** An operation that needs a transaction, or a savepoint in one, when it has several statements. */
    Write(Function<JdbcOperations, T> operation, boolean severalStatements) {
        this.operation = operation;
        this.severalStatements = severalStatements;
    }

    /** Whether SQLite undoes just the statement that failed, and what was done before it in the transaction stands. */
    static boolean failedAlone(DataAccessException e) {
        return e instanceof NonTransientDataAccessException && !(e instanceof NonTransientDataAccessResourceException);
    }

    /** Whether no transaction can be open after a failure, but one that the operation itself has rolled back. */
    static boolean leavesNothingOpen(DataAccessException e) {
        return failedAlone(e) || e instanceof CannotAcquireLockException;
    }

    boolean hasSeveralStatements() {
        return severalStatements;
    }

    /** When the call began, by {@link System#nanoTime()}. */
    long start() {
        return start;
    }

    /** From now on only its own thread runs it, in a transaction of its own. */
    void runAlone() {
        alone = true;
    }

    boolean runsAlone() {
        return alone;
    }

    /**
     * Runs the operation in a transaction of several. A failure of this operation alone is kept for its answer.
     *
     * @throws RuntimeException when the failure may have ended the transaction
     */
    void runInTransaction(JdbcOperations jdbc) {
        if (severalStatements) {
            SqliteSql.execute(jdbc, SqliteSql.SAVEPOINT);
        }
        try {
            accept(jdbc);
        } catch (DataAccessException e) {
            if (!failedAlone(e)) {
                throw e;
            }
            failure = e;
            failedIn = Thread.currentThread();
            if (severalStatements) {
                SqliteSql.execute(jdbc, SqliteSql.ROLLBACK_TO_SAVEPOINT);
            }
        }
        if (severalStatements) {
            SqliteSql.execute(jdbc, SqliteSql.RELEASE_SAVEPOINT);
        }
    }

    /** Runs the operation, whose statement or transaction is not shared. */
    @Override
    public void accept(JdbcOperations jdbc) {
        failure = null;
        result = operation.apply(jdbc);
    }

    /** Its transaction is committed, or it failed in it by itself. */
    void settle() {
        state = State.SETTLED;
    }

    void fail(Throwable cause) {
        failure = cause;
        failedIn = Thread.currentThread();
        state = State.SETTLED;
    }

    /** Ends the wait for a lock that another process holds. */
    void endLocked(BusyTimeout exceeded) {
        this.exceeded = exceeded;
        state = State.LOCKED;
    }

    /** Its COMMIT was issued; unless it is settled, nobody knows what became of it. */
    void endUnknown() {
        if (state == State.PENDING) {
            state = State.UNKNOWN;
        }
    }

    /** Whether it was not executed so far, or rolled back. */
    boolean isPending() {
        return state == State.PENDING;
    }

    /** Lets the caller go on with the outcome. Never throws. */
    void answer() {
        answered = true;
        wakeCaller();
    }

    /** Makes the caller run the next batch, which begins with this operation. Never throws. */
    void lead() {
        leads = true;
        wakeCaller();
    }

    private void wakeCaller() {
        try {
            LockSupport.unpark(caller);
        } catch (VirtualMachineError e) {
            // The scheduler of virtual threads had no memory. The other callers must be woken all the same.
            Thread.onSpinWait();
        }
    }

    /** Waits until the operation was answered, or is to lead. Returns whether it leads. */
    boolean awaitTurn() {
        boolean interrupted = false;
        while (!answered && !leads) {
            try {
                LockSupport.park(this);
                // A thread that is interrupted does not park, so the flag is taken off until the wait is over.
                interrupted |= Thread.interrupted();
            } catch (VirtualMachineError e) {
                // The write is in the queue, so its thread must be there when its turn comes, if without a pause.
                Thread.onSpinWait();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !answered;
    }

    /** The result of a write that is committed, and of no other. */
    @SuppressWarnings("NullAway") // null where T is
    T outcome(String database) {
        if (state == State.SETTLED && failure == null) {
            return result;
        }
        throw failure(database);
    }

    private RuntimeException failure(String database) {
        Throwable failed = failure;
        if (state == State.SETTLED && failed != null) {
            return rethrown(failed);
        }
        if (state == State.LOCKED && exceeded != null) {
            return exceeded.exceeded(null);
        }
        if (state == State.UNKNOWN) {
            return new DataAccessResourceFailureException(
                    "Store '" + database + "': the thread that committed this write"
                            + " ran out of memory or stack while it did so. The outcome is unknown: the write may or may not be in"
                            + " the store; read it before you repeat it");
        }
        return new TransientDataAccessResourceException(
                "Store '" + database + "': this write was not executed and can be retried");
    }

    // Errors and runtime exceptions are all that an operation can throw.
    private RuntimeException rethrown(Throwable failed) {
        if (failedIn != caller) {
            // The trace is that of the thread that ran the operation; the one that made it is what a reader looks for.
            failed.addSuppressed(new CalledFrom());
        }
        if (failed instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failed;
    }

    private static final class CalledFrom extends Throwable {

        private static final long serialVersionUID = 1L;

        CalledFrom() {
            super("the operation was called from here");
        }
    }
}
