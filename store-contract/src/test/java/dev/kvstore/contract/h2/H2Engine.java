package dev.kvstore.contract.h2;

import dev.kvstore.Durability;
import dev.kvstore.KvClosedException;
import dev.kvstore.commit.Batch;
import dev.kvstore.commit.CommitQueue;
import dev.kvstore.commit.Write;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * An H2 database in memory, which is dropped with its last connection. Two lanes write, and each read opens a
 * connection.
 */
final class H2Engine implements Engine, AutoCloseable {

    private static final int LANES = 2;

    /** H2 detects a deadlock only after the lock timeout, in milliseconds. */
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=100";

    private final List<SingleConnectionDataSource> lanes =
            Stream.generate(this::openLane).limit(LANES).toList();
    private final CommitQueue queue = new CommitQueue("H2", LANES, this::commit);
    private final InstantSource clock;
    private volatile boolean closed;

    H2Engine(InstantSource clock) {
        this.clock = clock;
        H2Dialect.createTable(new JdbcTemplate(lanes.get(0)));
    }

    private SingleConnectionDataSource openLane() {
        SingleConnectionDataSource lane = new SingleConnectionDataSource(url, true);
        lane.setAutoCommit(false);
        return lane;
    }

    @Override
    public <T extends @Nullable Object> T read(Query<T> query) {
        requireOpen();
        // A new DataSource for each call, so that no transaction of the caller can hold a connection of it.
        try (SingleConnectionDataSource connection = new SingleConnectionDataSource(url + ";IFEXISTS=TRUE", true)) {
            return onConnection(connection, jdbc -> query.run(new H2Dialect(now()), jdbc));
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
        return queue.commit(new Write<>(change, new H2Dialect(now()), durability));
    }

    @Override
    public void requireNotCommitting() {
        queue.requireNotLeading();
    }

    @Override
    public void requireOpen() {
        if (closed) {
            throw new KvClosedException("Store 'H2' is closed");
        }
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    /**
     * Binds the connection, so that JdbcTemplate does not enlist it in a transaction of the caller, and keeps the
     * interrupt of the thread, which H2 forgets when it waits for a lock.
     */
    private static <T extends @Nullable Object> T onConnection(
            SingleConnectionDataSource source, Function<JdbcOperations, T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            TransactionSynchronizationManager.bindResource(source, new ConnectionHolder(source.getConnection()));
            return work.apply(new JdbcTemplate(source));
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("H2", e);
        } finally {
            TransactionSynchronizationManager.unbindResourceIfPossible(source);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void commit(Batch batch) {
        onConnection(lanes.get(batch.lane()), jdbc -> {
            commit(batch, jdbc);
            return batch;
        });
    }

    /** Retries each write separately after a failure of several writes, or when the other lane was faster. */
    private static void commit(Batch batch, JdbcOperations jdbc) {
        while (batch.own().isPending()) {
            try {
                run(batch, jdbc);
            } catch (RuntimeException | Error e) {
                jdbc.execute("ROLLBACK");
                boolean retry = batch.size() > 1
                        || e instanceof TransientDataAccessException
                        || e instanceof DuplicateKeyException;
                if (batch.mayBeCommitted() || !retry) {
                    throw e;
                }
                batch.separate();
            }
        }
    }

    private static void run(Batch batch, JdbcOperations jdbc) {
        Write<?> write = batch.first();
        while (write != null) {
            write.run(jdbc);
            write = write.next() == null ? batch.latecomers() : write.next();
        }
        batch.issueCommit();
        jdbc.execute("COMMIT");
        batch.committed();
    }

    @Override
    public void close() {
        closed = true;
        queue.close();
        lanes.forEach(SingleConnectionDataSource::close);
    }
}
