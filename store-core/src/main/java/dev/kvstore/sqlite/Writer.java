package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvObserver;
import dev.kvstore.KvTypeException;
import dev.kvstore.commit.Batch;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.commit.CommitQueue;
import dev.kvstore.commit.FailurePath;
import dev.kvstore.commit.Write;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import dev.kvstore.sqlite.connection.SqliteErrors;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.connection.SyncLevel;
import dev.kvstore.sqlite.connection.Transactions;
import dev.kvstore.sqlite.file.FileIdentity;
import dev.kvstore.sqlite.table.SqliteDialect;
import dev.kvstore.sqlite.table.Versions;
import dev.kvstore.sqlite.wal.Checkpointer;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;
import org.sqlite.SQLiteException;

/** The one connection that writes to a file, behind the commit queue. */
final class Writer implements AutoCloseable {

    private final BusyTimeout busyTimeout;
    private final StoreConnection.Opener opener;
    private final FileIdentity file;
    private final Checkpointer checkpointer;
    private final CommitQueue queue;
    private final Versions versions;
    private final Durability durability;
    private final SyncLevel syncLevel;
    private final @Nullable KvObserver observer;
    // All below belong to the thread that leads.
    private @Nullable StoreConnection connection;
    private boolean closed;
    private boolean mayCheckpoint;
    // The connection may have a transaction open: it is not used any more, and rolled back before another is opened.
    private boolean unsure;

    Writer(
            StoreConnection connection,
            BusyTimeout busyTimeout,
            StoreConnection.Opener opener,
            FileIdentity file,
            Checkpointer checkpointer,
            Versions versions,
            Durability durability,
            @Nullable KvObserver observer) {
        this.connection = connection;
        this.busyTimeout = busyTimeout;
        this.opener = opener;
        this.file = file;
        this.checkpointer = checkpointer;
        this.versions = versions;
        this.durability = durability;
        this.observer = observer;
        this.syncLevel = new SyncLevel(busyTimeout.database(), durability);
        syncLevel.connectionOpened();
        this.queue = new CommitQueue(busyTimeout.database(), 1, this::commitAndCheckpoint);
        rehearseFailures(connection);
    }

    private void rehearseFailures(StoreConnection connection) {
        new SqliteErrors(busyTimeout.database()).rehearse();
        SQLException open = connection.rollBack();
        if (open != null) {
            throw new SqliteErrors(busyTimeout.database()).translate("rollback", null, open);
        }
        FailurePath.rehearse(busyTimeout, new SqliteDialect(Instant.EPOCH, versions, 0));
    }

    /** Runs a change, all of it or nothing, and returns once it is committed. */
    <T extends @Nullable Object> T write(Change<T> change, Dialect dialect, Durability durability) {
        return commit(new Write<>(change, dialect, durability));
    }

    int pendingWrites() {
        return queue.waiting();
    }

    boolean isCheckpointFailing() {
        return checkpointer.isFailing();
    }

    /** Makes the next batch end with a checkpoint that empties the WAL. */
    void requestCheckpoint() {
        checkpointer.request();
    }

    void requireNotCommitting() {
        queue.requireNotLeading();
    }

    private <T extends @Nullable Object> T commit(Write<T> write) {
        try {
            return queue.commit(write);
        } finally {
            if (!queue.isLedByThisThread()) {
                checkpointer.log().emit();
            }
        }
    }

    private void commitAndCheckpoint(Batch batch) {
        if (observer == null) {
            commit(batch);
        } else {
            long start = System.nanoTime();
            commit(batch);
            observer.committed(batch.size(), System.nanoTime() - start);
        }
        StoreConnection current = connection;
        if (current != null && !unsure) {
            unsure = true;
            checkpointer.log().keep(true);
            try {
                connection = checkpointer.afterCommit(current);
                unsure = false;
                if (connection == null) {
                    file.connectionsClosed();
                }
            } finally {
                checkpointer.log().keep(false);
            }
        }
    }

    /**
     * Commits a batch. A transaction that fails commits nothing of it, and any write may be to blame: the leader's own
     * write is retried alone, and each of the others by its own thread. Not when the outcome of COMMIT is unknown.
     */
    private void commit(Batch batch) {
        while (batch.own().isPending()) {
            try {
                attempt(batch);
            } catch (CannotAcquireLockException busy) {
                if (busyTimeout.hasPassedSince(batch.own().start())) {
                    batch.endOverdue(busyTimeout);
                }
            } catch (RuntimeException | Error e) {
                if (batch.size() == 1 || batch.mayBeCommitted()) {
                    throw e;
                }
                batch.separate();
            }
        }
    }

    /**
     * Runs a batch on the connection. The connection is given up after an error that may have left the transaction
     * open, or may have ended it so that later statements would commit one by one.
     */
    private void attempt(Batch batch) {
        file.requireUnchanged();
        StoreConnection current = connection();
        unsure = true;
        boolean succeeded = false;
        try {
            current.run(jdbc -> run(batch, jdbc));
            unsure = false;
            succeeded = true;
        } catch (DataAccessException e) {
            unsure = !SqliteErrors.leavesNothingOpen(e);
            throw e;
        } finally {
            if (!succeeded) {
                versions.transactionFailed();
            }
            if (unsure) {
                tryToGiveUp();
            }
        }
    }

    private void run(Batch batch, JdbcOperations jdbc) {
        Durability level = durability == Durability.FULL && batch.relax() ? Durability.NORMAL : durability;
        if (!runWithoutTransaction(batch, jdbc, level) && !runInTransaction(batch, jdbc, level)) {
            runInTransaction(batch, jdbc, Durability.FULL);
        }
    }

    /** Returns false, with nothing written, if the batch needs a transaction. */
    private boolean runWithoutTransaction(Batch batch, JdbcOperations jdbc, Durability level) {
        Write<?> own = batch.own();
        int needed = own.change().versions();
        if (batch.size() > 1 || !own.isOneStatement() || !versions.has(needed)) {
            return false;
        }
        syncLevel.set(jdbc, level);
        try {
            own.run(jdbc);
        } catch (KvLimitException | KvTypeException refused) {
            // Nothing was written; a transaction finds the reason of the same moment.
            return false;
        } catch (DataIntegrityViolationException e) {
            if (needed > 0 && SqliteErrors.isNull(e)) {
                versions.forget();
                return false;
            }
            throw e;
        }
        batch.committed();
        return true;
    }

    /** Returns false, with nothing written, if the batch needs new versions, which a loss of power must not undo. */
    private boolean runInTransaction(Batch batch, JdbcOperations jdbc, Durability level) {
        syncLevel.set(jdbc, level);
        Transactions.begin(jdbc);
        try {
            if (!runAll(batch, jdbc, level)) {
                Transactions.rollBack(jdbc);
                versions.transactionFailed();
                return false;
            }
            commit(batch, jdbc);
            versions.transactionCommitted();
            return true;
        } catch (DataAccessException e) {
            if (SqliteErrors.leavesNothingOpen(e)) {
                Transactions.rollBack(jdbc);
            }
            throw e;
        }
    }

    private boolean runAll(Batch batch, JdbcOperations jdbc, Durability level) {
        if (batch.size() == 1) {
            return runAlone(batch.own(), jdbc, level);
        }
        Write<?> write = batch.first();
        while (write != null) {
            if (!haveVersions(write.change(), jdbc, level)) {
                return false;
            }
            runAmongOthers(write, jdbc);
            write = write.next() == null ? batch.latecomers() : write.next();
        }
        return true;
    }

    private boolean runAlone(Write<?> own, JdbcOperations jdbc, Durability level) {
        if (!haveVersions(own.change(), jdbc, level)) {
            return false;
        }
        own.run(jdbc);
        return true;
    }

    private boolean haveVersions(Change<?> change, JdbcOperations jdbc, Durability level) {
        int missing = versions.missing(jdbc, change);
        if (missing > 0) {
            if (level != Durability.FULL) {
                return false;
            }
            versions.take(jdbc, missing);
        }
        return true;
    }

    /**
     * Runs a write in a transaction that others may share. A failure of this write alone is kept for its caller.
     *
     * @throws RuntimeException when the failure may have ended the transaction
     */
    private static void runAmongOthers(Write<?> write, JdbcOperations jdbc) {
        boolean savepoint = !write.writesOnce();
        if (savepoint) {
            Transactions.setSavepoint(jdbc);
        }
        try {
            write.run(jdbc);
        } catch (DataAccessException e) {
            if (!SqliteErrors.failedAlone(e)) {
                throw e;
            }
            write.failAlone(e);
            if (savepoint) {
                Transactions.rollBackToSavepoint(jdbc);
            }
        }
        if (savepoint) {
            Transactions.releaseSavepoint(jdbc);
        }
    }

    private static void commit(Batch batch, JdbcOperations jdbc) {
        batch.issueCommit();
        try {
            Transactions.commit(jdbc);
        } catch (DataAccessException e) {
            if (e.getCause() instanceof SQLiteException) {
                batch.commitRefused();
            }
            throw e;
        }
        batch.committed();
    }

    private StoreConnection connection() {
        if (unsure) {
            giveUp();
        }
        StoreConnection current = connection;
        if (current == null) {
            current = opener.open(busyTimeout.database());
            syncLevel.connectionOpened();
            connection = current;
        }
        return current;
    }

    // At once, so that other processes get the lock. After a failure the next write tries again.
    private void tryToGiveUp() {
        try {
            giveUp();
        } catch (DataAccessException | VirtualMachineError e) {
            unsure = true;
        }
    }

    private void giveUp() {
        StoreConnection last = connection;
        syncLevel.forget();
        if (last != null) {
            last.discard();
        }
        connection = null;
        unsure = false;
    }

    /** Refuses new writes, waits for those in flight, and closes all connections of the store. */
    @Override
    public synchronized void close() {
        // While writes go on the readers keep the WAL in place; closing the last connection checkpoints it.
        queue.close();
        if (unsure) {
            tryToGiveUp();
        }
        StoreConnection last = connection;
        connection = null;
        if (!closed) {
            closed = true;
            mayCheckpoint = file.mayCheckpoint();
        }
        checkpointer.close(last, mayCheckpoint);
        checkpointer.log().emit();
    }
}
