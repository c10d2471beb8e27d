package dev.kvstore.sqlite;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * An operation on its way to its commit. The thread that made it waits for the answer, which it gets only after the commit;
 * another thread may run it meanwhile, or make this one the leader that runs the next batch.
 */
final class Write<T extends @Nullable Object> {

    private final Function<JdbcOperations, T> operation;
    private final boolean severalStatements;
    private final long start = System.nanoTime();
    private final Thread caller = Thread.currentThread();
    private @Nullable T result;
    private @Nullable Throwable failure;
    private @Nullable Thread failedIn;
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
            run(jdbc);
        } catch (DataAccessException e) {
            if (!failedAlone(e)) {
                throw e;
            }
            fail(e);
            if (severalStatements) {
                SqliteSql.execute(jdbc, SqliteSql.ROLLBACK_TO_SAVEPOINT);
            }
        }
        if (severalStatements) {
            SqliteSql.execute(jdbc, SqliteSql.RELEASE_SAVEPOINT);
        }
    }

    /** Runs the operation, whose statement or transaction is not shared. */
    void run(JdbcOperations jdbc) {
        failure = null;
        result = operation.apply(jdbc);
    }

    void fail(Throwable cause) {
        failure = cause;
        failedIn = Thread.currentThread();
    }

    /** Lets the caller go on with the outcome. */
    void answer() {
        answered = true;
        LockSupport.unpark(caller);
    }

    /** Makes the caller run the next batch, which begins with this operation. */
    void lead() {
        leads = true;
        LockSupport.unpark(caller);
    }

    /** Waits until the operation was answered, or is to lead. Returns whether it leads. */
    boolean awaitTurn() {
        boolean interrupted = false;
        while (!answered && !leads) {
            LockSupport.park(this);
            // A thread that is interrupted does not park, so the flag is taken off until the wait is over.
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !answered;
    }

    @SuppressWarnings("NullAway") // null where T is
    T outcome() {
        Throwable failed = failure;
        if (failed == null) {
            return result;
        }
        if (failedIn != caller) {
            // The trace is that of the thread that ran the operation; the one that made it is what a reader looks for.
            failed.addSuppressed(new CalledFrom());
        }
        throw rethrown(failed);
    }

    // Errors and runtime exceptions are all that an operation can throw.
    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    private static final class CalledFrom extends Throwable {

        private static final long serialVersionUID = 1L;

        CalledFrom() {
            super("the operation was called from here");
        }
    }
}
