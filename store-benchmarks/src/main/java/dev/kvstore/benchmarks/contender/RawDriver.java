package dev.kvstore.benchmarks.contender;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The minimum on top of the driver: one connection, cached statements, a lock. Every write is a transaction.
 *
 * <p>Writes pass a fair turnstile in the order of their arrival. The lock alone is unfair: the last writer often takes
 * it again, and a starving thread starts its measurement late, when the others have finished, and reports a short burst
 * as its rate; JMH adds the rates of all threads, to more than the disk can do. Reads are short and skip the turnstile:
 * a fair lock would wake a thread for each of them.
 */
final class RawDriver implements Contender {

    private final ReentrantLock turnstile = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private final PreparedStatement get;
    private final PreparedStatement set;
    private final PreparedStatement delete;
    private final PreparedStatement getAll;
    private final PreparedStatement count;

    private RawDriver(String url, SQLiteConfig config, String table) {
        try {
            connection = config.createConnection(url);
            try (Statement statement = connection.createStatement()) {
                statement.execute(table);
            }
            get = connection.prepareStatement(SqliteTable.GET);
            set = connection.prepareStatement(SqliteTable.SET);
            delete = connection.prepareStatement(SqliteTable.DELETE);
            getAll = connection.prepareStatement(SqliteTable.GET_ALL);
            count = connection.prepareStatement(SqliteTable.COUNT);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot open " + url, e);
        }
    }

    /** Without the SELECT of the last rowid that the driver otherwise executes after every INSERT. */
    static Contender open(Path directory, Storage storage) {
        return openWithoutKeys(directory, storage, SqliteTable.WITHOUT_ROWID);
    }

    /** An ordinary table, which is faster for large values. */
    static Contender openWithRowid(Path directory, Storage storage) {
        return openWithoutKeys(directory, storage, SqliteTable.WITH_ROWID);
    }

    private static Contender openWithoutKeys(Path directory, Storage storage, String table) {
        SQLiteConfig config = SqliteTable.config(storage);
        config.setGetGeneratedKeys(false);
        return new RawDriver(SqliteTable.url(directory, storage), config, table);
    }

    static Contender openWithDefaults(Path directory, Storage storage) {
        return new RawDriver(
                SqliteTable.url(directory, storage), SqliteTable.config(storage), SqliteTable.WITHOUT_ROWID);
    }

    @Override
    public @Nullable String get(String group, String key) {
        return locked(() -> {
            get.setString(1, group);
            get.setString(2, key);
            get.setLong(3, System.currentTimeMillis());
            try (ResultSet row = get.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        });
    }

    @Override
    public void set(String group, String key, String value) {
        inTurn(() -> {
            set.setNull(4, Types.INTEGER);
            return setWithExpiry(group, key, value);
        });
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        inTurn(() -> {
            set.setLong(4, System.currentTimeMillis() + ttl.toMillis());
            return setWithExpiry(group, key, value);
        });
    }

    private int setWithExpiry(String group, String key, String value) throws SQLException {
        set.setString(1, group);
        set.setString(2, key);
        set.setString(3, value);
        return set.executeUpdate();
    }

    @Override
    public void delete(String group, String key) {
        inTurn(() -> {
            delete.setString(1, group);
            delete.setString(2, key);
            return delete.executeUpdate();
        });
    }

    @Override
    public Map<String, String> getAll(String group) {
        return locked(() -> {
            getAll.setString(1, group);
            getAll.setLong(2, System.currentTimeMillis());
            Map<String, String> entries = new LinkedHashMap<>();
            try (ResultSet row = getAll.executeQuery()) {
                while (row.next()) {
                    entries.put(row.getString(1), row.getString(2));
                }
            }
            return entries;
        });
    }

    @Override
    public long count(String group) {
        return locked(() -> {
            count.setString(1, group);
            count.setLong(2, System.currentTimeMillis());
            try (ResultSet row = count.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    @Override
    public void close() {
        locked(() -> {
            connection.close();
            return true;
        });
    }

    private <T extends @Nullable Object> T inTurn(Work<T> work) {
        turnstile.lock();
        try {
            return locked(work);
        } finally {
            turnstile.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Work<T> work) {
        lock.lock();
        try {
            return work.run();
        } catch (SQLException e) {
            throw new IllegalStateException("The driver failed", e);
        } finally {
            lock.unlock();
        }
    }

    private interface Work<T extends @Nullable Object> {
        T run() throws SQLException;
    }
}
