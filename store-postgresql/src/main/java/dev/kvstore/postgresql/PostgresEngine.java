package dev.kvstore.postgresql;

import dev.kvstore.Durability;
import dev.kvstore.KvObserver;
import dev.kvstore.KvStatus;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** A database on a server: puts that meet are gathered, all else takes a connection of the pool. */
final class PostgresEngine implements Engine, AutoCloseable {

    private static final String NOW = "SELECT " + Moment.MICROS;

    private static final int MOST_LANES = 4;

    private final PostgresSettings settings;
    private final @Nullable KvObserver observer;
    private final PostgresErrors errors;
    private final ConnectionPool pool;
    private final PutLanes lanes;
    private final Calls calls;

    PostgresEngine(PostgresSettings settings, PostgresDataSource dataSource, @Nullable KvObserver observer) {
        this.settings = settings;
        this.observer = observer;
        this.errors = new PostgresErrors(dataSource.place());
        this.pool = new ConnectionPool(dataSource, settings, errors);
        // Half of the connections stay free for everything else.
        int lanes = Math.max(1, Math.min(MOST_LANES, settings.poolSize() / 2));
        this.lanes = new PutLanes(lanes, pool, errors, settings.durability(), observer);
        this.calls = new Calls(errors.database());
    }

    @Override
    public <T extends @Nullable Object> T read(Query<T> query) {
        PostgresDialect dialect = dialect();
        boolean isLong = query instanceof Query.GetAll || query instanceof Query.Count || query instanceof Query.Page;
        return calls.run(() -> {
            try {
                return pool.read(isLong, jdbc -> query.run(dialect, jdbc));
            } catch (DataAccessResourceFailureException e) {
                // Once more: a connection that failed was removed from the pool.
                return pool.read(isLong, jdbc -> query.run(dialect, jdbc));
            }
        });
    }

    @Override
    public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
        if (settings.readOnly()) {
            throw new InvalidDataAccessApiUsageException("Store '%s' is read-only (%s)"
                    .formatted(errors.database(), settings.names().of("readOnly")));
        }
        PostgresDialect dialect = dialect();
        return PutLanes.fits(change)
                ? lanes.commit(change, dialect, durability)
                : calls.run(() -> writeAlone(change, dialect, durability));
    }

    private <T extends @Nullable Object> T writeAlone(
            Change<T> change, PostgresDialect dialect, Durability durability) {
        Retries retries = new Retries();
        while (true) {
            try {
                return attempt(change, dialect, durability);
            } catch (DataAccessException e) {
                if (!retries.mayRepeat(e)) {
                    throw e;
                }
            }
        }
    }

    private <T extends @Nullable Object> T attempt(Change<T> change, PostgresDialect dialect, Durability durability) {
        if (observer == null) {
            return commit(change, dialect, durability);
        }
        long start = System.nanoTime();
        T result = commit(change, dialect, durability);
        observer.committed(1, System.nanoTime() - start);
        return result;
    }

    private <T extends @Nullable Object> T commit(Change<T> change, PostgresDialect dialect, Durability durability) {
        boolean relaxed = durability == Durability.NORMAL && settings.durability() == Durability.FULL;
        boolean isLong = change instanceof Change.DeleteGroup
                || change instanceof Change.DeleteRange
                || change instanceof Change.AllOrNothing;
        return relaxed || !dialect.isOneStatement(change)
                ? pool.transact(isLong, relaxed, jdbc -> change.run(dialect, jdbc))
                : pool.writeOnce(isLong, jdbc -> change.run(dialect, jdbc));
    }

    @Override
    public KvStatus status() {
        return new KvStatus() {

            @Override
            public int pendingWrites() {
                return lanes.pendingWrites();
            }

            @Override
            public Optional<Pool> pool() {
                return Optional.of(pool.numbers());
            }
        };
    }

    @Override
    public void requireNotCommitting() {
        lanes.requireNotCommitting();
    }

    @Override
    public void requireOpen() {
        calls.requireOpen();
    }

    private PostgresDialect dialect() {
        InstantSource clock = settings.clock();
        return new PostgresDialect(new Moment(clock == null ? null : clock.instant()));
    }

    @Override
    public Instant now() {
        InstantSource clock = settings.clock();
        return clock != null
                ? clock.instant()
                : calls.run(() -> pool.read(
                        false,
                        jdbc -> jdbc.query(NOW, rows -> {
                            rows.next();
                            return Instant.EPOCH.plus(rows.getLong(1), ChronoUnit.MICROS);
                        })));
    }

    String place() {
        return errors.database();
    }

    /** Refuses new calls, waits for those under way, and closes the connections. */
    @Override
    public void close() {
        lanes.close();
        calls.close();
        pool.close();
    }
}
