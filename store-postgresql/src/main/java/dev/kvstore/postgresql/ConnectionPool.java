package dev.kvstore.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.kvstore.KvStatus;
import dev.kvstore.postgresql.PostgresErrors.Use;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The connections of a store. No bean, so that no host takes it for its own; and no host's pool, since a call inside a
 * transaction of the host would need a second connection while the host holds the first.
 */
final class ConnectionPool implements AutoCloseable {

    private static final Log log = LogFactory.getLog(ConnectionPool.class);

    private static final String RELAX = "SELECT set_config('synchronous_commit', 'off', true)";

    private static final long LEAST_WAIT_MILLIS = 250;
    private static final long VALIDATION_MILLIS = TimeUnit.SECONDS.toMillis(1);
    private static final long KEEP_ALIVE_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long LIFETIME_MILLIS = TimeUnit.MINUTES.toMillis(10);

    /** How much longer an operation on any number of entries may take than one on a single entry. */
    private static final int LONG_FACTOR = 30;

    private final HikariDataSource pool;
    private final PostgresErrors errors;
    private final PlatformThreads threads = new PlatformThreads();
    private final int longMillis;

    ConnectionPool(PostgresDataSource dataSource, PostgresSettings settings, PostgresErrors errors) {
        this.pool = new HikariDataSource(config(dataSource, settings));
        this.errors = errors;
        this.longMillis =
                (int) dataSource.socketTimeout().multipliedBy(LONG_FACTOR).toMillis();
    }

    private static HikariConfig config(PostgresDataSource dataSource, PostgresSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("kvstore-postgresql");
        config.setDataSource(dataSource);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(settings.poolSize());
        config.setConnectionTimeout(wait(settings.busyTimeout()));
        config.setValidationTimeout(Math.min(VALIDATION_MILLIS, wait(settings.busyTimeout())));
        config.setKeepaliveTime(KEEP_ALIVE_MILLIS);
        config.setMaxLifetime(LIFETIME_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new Eviction());
        return config;
    }

    private static long wait(Duration busyTimeout) {
        return Math.max(LEAST_WAIT_MILLIS, Math.min(Integer.MAX_VALUE, busyTimeout.toMillis()));
    }

    KvStatus.Pool numbers() {
        HikariPoolMXBean numbers = pool.getHikariPoolMXBean();
        return new KvStatus.Pool(
                numbers.getActiveConnections(),
                numbers.getIdleConnections(),
                numbers.getThreadsAwaitingConnection(),
                pool.getMaximumPoolSize());
    }

    /** Runs statements that only read. */
    <T extends @Nullable Object> T read(boolean isLong, Function<JdbcOperations, T> work) {
        return use(isLong, connection -> work.apply(new ConnectionTemplate(connection, errors, Use.READ)));
    }

    /** Runs a change whose last statement, and no other, writes. It commits by itself. */
    <T extends @Nullable Object> T writeOnce(boolean isLong, Function<JdbcOperations, T> work) {
        return use(isLong, connection -> work.apply(new ConnectionTemplate(connection, errors, Use.COMMIT)));
    }

    /**
     * Runs statements in a transaction.
     *
     * @param relaxed whether the commit does not wait for the disk
     */
    <T extends @Nullable Object> T transact(boolean isLong, boolean relaxed, Function<JdbcOperations, T> work) {
        return use(isLong, connection -> {
            begin(connection);
            ConnectionTemplate jdbc = new ConnectionTemplate(connection, errors, Use.TRANSACTION);
            if (relaxed) {
                jdbc.query(RELAX, rows -> null);
            }
            T result = work.apply(jdbc);
            commit(connection);
            return result;
        });
    }

    // The driver sends BEGIN with the first statement. The pool rolls back what is not committed.
    private void begin(Connection connection) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw errors.translate(Use.TRANSACTION, "BEGIN", e, true);
        }
    }

    private void commit(Connection connection) {
        try {
            connection.commit();
            errors.requireNone(connection.getWarnings());
        } catch (SQLException e) {
            throw errors.translate(Use.COMMIT, "COMMIT", e, false);
        }
    }

    private <T extends @Nullable Object> T use(boolean isLong, Function<Connection, T> work) {
        return threads.call(() -> {
            Connection connection = open(isLong);
            try {
                return work.apply(connection);
            } finally {
                giveBack(connection);
            }
        });
    }

    private Connection open(boolean isLong) {
        try {
            Connection connection = take();
            if (isLong) {
                connection.setNetworkTimeout(Runnable::run, longMillis);
            }
            return connection;
        } catch (SQLException e) {
            throw errors.unavailable(e);
        }
    }

    // What was committed stays so, whatever happens to the connection.
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("A connection could not be given back to the pool", e);
        }
    }

    /** Waits for a connection; an interrupt does not end the wait. */
    private Connection take() throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return pool.getConnection();
                } catch (SQLException e) {
                    if (!(e.getCause() instanceof InterruptedException)) {
                        throw e;
                    }
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        pool.close();
        threads.close();
    }
}
