package dev.kvstore.postgresql;

import dev.kvstore.Durability;
import dev.kvstore.KvObserver;
import dev.kvstore.commit.Batch;
import dev.kvstore.commit.CommitQueue;
import dev.kvstore.commit.Write;
import dev.kvstore.engine.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Group commit of puts without a condition. A caller that finds a free lane writes at once; puts that find none wait,
 * and the next lane that is free makes all of them in one statement. Of several puts of one entry, only the last is
 * made: the callers are concurrent, so the others may as well have been overwritten at once.
 */
final class PutLanes implements AutoCloseable {

    /** A batch of the longest values is one message of 4 MB. */
    private static final long LONGEST_VALUE = 16 * 1024;

    private static final String VERSIONS = "SELECT nextval('kv_version') FROM generate_series(1, ?)";

    private final CommitQueue queue;
    private final ConnectionPool pool;
    private final PostgresErrors errors;
    private final Durability durability;
    private final @Nullable KvObserver observer;

    PutLanes(
            int lanes,
            ConnectionPool pool,
            PostgresErrors errors,
            Durability durability,
            @Nullable KvObserver observer) {
        this.queue = new CommitQueue(errors.database(), lanes, this::commit);
        this.pool = pool;
        this.errors = errors;
        this.durability = durability;
        this.observer = observer;
    }

    static boolean fits(Change<?> change) {
        return change instanceof Change.Put put && PutRows.fits(put) && put.size() <= LONGEST_VALUE;
    }

    <T> T commit(Change<T> put, PostgresDialect dialect, Durability level) {
        return queue.commit(new Write<>(put, dialect, level));
    }

    int pendingWrites() {
        return queue.waiting();
    }

    void requireNotCommitting() {
        queue.requireNotLeading();
    }

    /** Commits a batch. What the server refused, each caller tries alone; what may be committed, nobody repeats. */
    private void commit(Batch batch) {
        Retries retries = new Retries();
        while (batch.own().isPending()) {
            try {
                attempt(batch);
            } catch (OutcomeUnknownException e) {
                failEach(batch, () -> new OutcomeUnknownException(e.getMessage(), e.getCause()));
            } catch (ConnectionUnavailableException e) {
                failEach(batch, () -> errors.unavailable(e.failure()));
            } catch (DataAccessException e) {
                batch.commitRefused();
                if (!retries.mayRepeat(e)) {
                    separate(batch, e);
                }
            }
        }
    }

    private static void separate(Batch batch, DataAccessException e) {
        if (batch.size() == 1) {
            throw e;
        }
        batch.separate();
    }

    private static void failEach(Batch batch, Supplier<DataAccessException> failure) {
        for (Write<?> write = batch.first(); write != null; write = write.next()) {
            write.fail(failure.get());
        }
    }

    private void attempt(Batch batch) {
        if (observer == null) {
            commitOnce(batch);
        } else {
            long start = System.nanoTime();
            commitOnce(batch);
            observer.committed(batch.size(), System.nanoTime() - start);
        }
    }

    private void commitOnce(Batch batch) {
        if (durability == Durability.FULL && batch.relax()) {
            pool.transact(false, true, jdbc -> run(batch, jdbc));
        } else {
            pool.writeOnce(false, jdbc -> run(batch, jdbc));
        }
        batch.committed();
    }

    private static boolean run(Batch batch, JdbcOperations jdbc) {
        batch.issueCommit();
        if (batch.size() == 1) {
            batch.own().run(jdbc);
        } else {
            runTogether(batch, jdbc);
        }
        return true;
    }

    private static void runTogether(Batch batch, JdbcOperations jdbc) {
        Map<EntryKey.Row, Write<?>> last = new HashMap<>();
        Map<EntryKey.Row, PutRows.Row> rows = new HashMap<>();
        List<Write<?>> overwritten = new ArrayList<>();
        for (Write<?> write = batch.first(); write != null; write = write.next()) {
            PutRows.Row row = PutRows.Row.of((Change.Put) write.change(), ((PostgresDialect) write.dialect()).now());
            EntryKey.Row name = row.entry().row();
            rows.put(name, row);
            Write<?> earlier = last.put(name, write);
            if (earlier != null) {
                overwritten.add(earlier);
            }
        }
        answerOverwritten(overwritten, jdbc);
        PutRows.put(jdbc, List.copyOf(rows.values())).forEach((name, version) -> {
            Write<?> write = last.get(name);
            if (write != null) {
                succeed(write, version);
            }
        });
    }

    // Before the put, so that the version which stays is the largest.
    private static void answerOverwritten(Collection<Write<?>> overwritten, JdbcOperations jdbc) {
        if (overwritten.isEmpty()) {
            return;
        }
        jdbc.query(VERSIONS, statement -> Parameters.of(statement).number((long) overwritten.size()), rows -> {
            for (Write<?> write : overwritten) {
                rows.next();
                succeed(write, rows.getLong(1));
            }
            return true;
        });
    }

    @SuppressWarnings("unchecked") // only puts are enlisted
    private static void succeed(Write<?> write, long version) {
        ((Write<OptionalLong>) write).succeed(OptionalLong.of(version));
    }

    @Override
    public void close() {
        queue.close();
    }
}
