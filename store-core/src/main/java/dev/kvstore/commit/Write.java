package dev.kvstore.commit;

import dev.kvstore.Durability;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A change on its way to its commit. The thread that called waits for the outcome, which it gets only after the commit;
 * in the meantime another thread may run the change, or make this thread the leader of the next batch.
 *
 * <p>The thread that gets an exception of the queue creates it: the leader may have no memory for it, and the stack
 * trace leads to the call.
 */
public final class Write<T extends @Nullable Object> {

    /** The outcome so far. Only the leader changes it. */
    private enum State {
        /** Not executed, or rolled back. */
        PENDING,
        /** Committed, or failed by itself when {@link #failure} is set. */
        SETTLED,
        /** Not executed: another process held the lock for too long. */
        LOCKED,
        /** COMMIT was issued, and its outcome is unknown. */
        UNKNOWN
    }

    private final Change<T> change;
    private final Dialect dialect;
    private final Durability durability;
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
    private volatile @Nullable Batch led;
    private volatile boolean answered;

    /** A change to be carried out by a dialect of the moment of the call. Belongs to the thread that calls this. */
    public Write(Change<T> change, Dialect dialect, Durability durability) {
        this.change = change;
        this.dialect = dialect;
        this.durability = durability;
    }

    /** The change to be carried out. */
    public Change<T> change() {
        return change;
    }

    /** The SQL to carry it out with. */
    public Dialect dialect() {
        return dialect;
    }

    /** Whether the write must be synced to the disk before it is answered. */
    boolean mustBeSynced() {
        return durability == Durability.FULL;
    }

    /** Whether the change is all or nothing without a transaction or savepoint around it. */
    public boolean isOneStatement() {
        return dialect.isOneStatement(change);
    }

    /** Whether the change is all or nothing without a savepoint around it. */
    public boolean writesOnce() {
        return dialect.writesOnce(change);
    }

    /** The next write of the batch; null for the last. */
    public @Nullable Write<?> next() {
        return next;
    }

    /** When the call began, by {@link System#nanoTime()}. */
    public long start() {
        return start;
    }

    /** From now on only the thread of this write runs it, in a transaction of its own. */
    void runAlone() {
        alone = true;
    }

    boolean runsAlone() {
        return alone;
    }

    /** Runs the change on a connection of the leader. */
    public void run(JdbcOperations jdbc) {
        failure = null;
        result = change.run(dialect, jdbc);
    }

    /** Takes the result of a change that was carried out together with others. */
    public void succeed(T together) {
        failure = null;
        result = together;
    }

    /** Keeps the failure of this change for its caller. The transaction goes on without the change. */
    public void failAlone(DataAccessException e) {
        failure = e;
        failedIn = Thread.currentThread();
    }

    /** The transaction was committed; a write with a failure of its own failed. */
    void settle() {
        state = State.SETTLED;
    }

    /** Fails this write: not executed, or rolled back. */
    public void fail(Throwable cause) {
        failure = cause;
        failedIn = Thread.currentThread();
        state = State.SETTLED;
    }

    /** Ends the wait for a lock that another process holds. */
    void endLocked(BusyTimeout exceeded) {
        this.exceeded = exceeded;
        state = State.LOCKED;
    }

    /** Marks the outcome as unknown, unless it is settled: COMMIT was issued. */
    void endUnknown() {
        if (state == State.PENDING) {
            state = State.UNKNOWN;
        }
    }

    /** Whether this write was not executed yet, or was rolled back. */
    public boolean isPending() {
        return state == State.PENDING;
    }

    /** Wakes the caller, who then takes the outcome. Never throws. */
    void answer() {
        answered = true;
        wakeCaller();
    }

    /** Makes the caller lead a batch, which begins with this write. Never throws. */
    void lead(Batch batch) {
        led = batch;
        wakeCaller();
    }

    private void wakeCaller() {
        try {
            LockSupport.unpark(caller);
        } catch (VirtualMachineError e) {
            // The scheduler of virtual threads is out of memory. The other callers must be woken all the same.
            Thread.onSpinWait();
        }
    }

    /** Waits until this write is answered, or its thread is to lead. Returns the batch to lead; null when answered. */
    @Nullable
    Batch awaitTurn() {
        boolean interrupted = false;
        while (!answered && led == null) {
            try {
                LockSupport.park(this);
                // An interrupted thread does not park, so clear the flag until the wait is over.
                interrupted |= Thread.interrupted();
            } catch (VirtualMachineError e) {
                // The write is in the queue, so its thread must stay for its turn, even by spinning.
                Thread.onSpinWait();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return answered ? null : led;
    }

    /** The result of a committed write; throws for any other. */
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
                    "Store '" + database + "': the thread that was committing this write ran out of memory or stack."
                            + " The outcome is unknown: the write may or may not be in the store; read the entry before"
                            + " you repeat the write");
        }
        return new TransientDataAccessResourceException(
                "Store '" + database + "': this write was not executed and can be retried");
    }

    // A change throws errors and runtime exceptions only.
    private RuntimeException rethrown(Throwable failed) {
        if (failedIn != caller) {
            // The stack trace is of the leader; a reader looks for the call.
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
            super("the write was called from here");
        }
    }
}
