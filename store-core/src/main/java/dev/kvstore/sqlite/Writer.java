package dev.kvstore.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/** The one connection that writes to a file, and the queue before it. */
final class Writer implements AutoCloseable {

    private final BusyTimeout busyTimeout;
    private final Session.Opener opener;
    private final FileIdentity file;
    private final Checkpointer checkpointer;
    private final CommitQueue queue;
    // All but the queue belongs to the thread that leads.
    private @Nullable Session session;
    private boolean closed;
    private boolean mayCheckpoint;

    Writer(
            Session session,
            BusyTimeout busyTimeout,
            Session.Opener opener,
            FileIdentity file,
            Checkpointer checkpointer) {
        this.session = session;
        this.busyTimeout = busyTimeout;
        this.opener = opener;
        this.file = file;
        this.checkpointer = checkpointer;
        this.queue = new CommitQueue(busyTimeout.database(), this::commitAndCheckpoint);
    }

    /** Runs one statement. */
    <T extends @Nullable Object> T write(Function<JdbcOperations, T> operation) {
        return queue.commit(new Write<>(operation, false));
    }

    /** Runs several statements, all or none. */
    <T extends @Nullable Object> T transact(Function<JdbcOperations, T> operation) {
        return queue.commit(new Write<>(operation, true));
    }

    private List<Write<?>> commitAndCheckpoint(List<Write<?>> batch, Supplier<List<Write<?>>> latecomers) {
        List<Write<?>> unfinished = commit(batch, latecomers);
        Session current = session;
        if (current != null) {
            session = checkpointer.afterCommit(current);
            if (session == null) {
                file.connectionsClosed();
            }
        }
        return unfinished;
    }

    /** Commits a batch. While another process holds the lock, those operations wait on whose time is not over. */
    private List<Write<?>> commit(List<Write<?>> batch, Supplier<List<Write<?>>> latecomers) {
        while (true) {
            try {
                if (batch.size() == 1) {
                    commitAlone(batch.get(0));
                } else {
                    commitTogether(batch, latecomers);
                }
                return List.of();
            } catch (CannotAcquireLockException busy) {
                if (busyTimeout.hasPassedSince(batch.get(0).start())) {
                    return failThoseWhoseTimeIsOver(batch, busy);
                }
            }
        }
    }

    private List<Write<?>> failThoseWhoseTimeIsOver(List<Write<?>> batch, CannotAcquireLockException busy) {
        List<Write<?>> others = new ArrayList<>();
        for (Write<?> write : batch) {
            if (busyTimeout.hasPassedSince(write.start())) {
                write.fail(busyTimeout.exceeded(busy));
            } else {
                others.add(write);
            }
        }
        return others;
    }

    private void commitTogether(List<Write<?>> batch, Supplier<List<Write<?>>> latecomers) {
        try {
            attempt(inTransaction(jdbc -> {
                List<Write<?>> next = List.copyOf(batch);
                while (!next.isEmpty()) {
                    next.forEach(write -> write.runInTransaction(jdbc));
                    next = List.copyOf(latecomers.get());
                }
            }));
        } catch (CannotAcquireLockException busy) {
            throw busy;
        } catch (Throwable e) {
            // Nothing of the batch was committed, and one operation may be to blame: each finds out by itself.
            batch.forEach(write -> commit(List.of(write), List::of));
        }
    }

    private void commitAlone(Write<?> write) {
        try {
            attempt(write.hasSeveralStatements() ? inTransaction(write::run) : write::run);
        } catch (CannotAcquireLockException busy) {
            throw busy;
        } catch (Throwable e) {
            write.fail(e);
        }
    }

    private static Consumer<JdbcOperations> inTransaction(Consumer<JdbcOperations> operations) {
        return jdbc -> {
            SqliteSql.execute(jdbc, SqliteSql.BEGIN);
            try {
                operations.accept(jdbc);
                SqliteSql.execute(jdbc, SqliteSql.COMMIT);
            } catch (DataAccessException e) {
                if (Write.leavesNothingOpen(e)) {
                    SqliteSql.execute(jdbc, SqliteSql.ROLLBACK);
                }
                throw e;
            }
        };
    }

    /**
     * Runs operations on the connection. After an error that may have ended the transaction, later statements could commit
     * alone: the connection is then given up, and SQLite rolls back what is open.
     */
    private void attempt(Consumer<JdbcOperations> operations) {
        file.requireUnchanged();
        Session current = session();
        // It is taken back only when its transaction is known to have ended.
        session = null;
        try {
            current.run(operations);
            session = current;
        } catch (DataAccessException e) {
            if (Write.leavesNothingOpen(e)) {
                session = current;
            }
            throw e;
        } finally {
            if (session == null) {
                current.close();
            }
        }
    }

    private Session session() {
        Session current = session;
        return current == null ? opener.open(busyTimeout.database()) : current;
    }

    /** Refuses new writes, lets those in flight end, and closes all connections of the store. */
    @Override
    public synchronized void close() {
        // While writes go on the readers keep the WAL in place; the last connection moves it into the file.
        queue.close();
        Session last = session;
        session = null;
        if (!closed) {
            closed = true;
            mayCheckpoint = file.mayCheckpoint();
        }
        checkpointer.close(last, mayCheckpoint);
    }
}
