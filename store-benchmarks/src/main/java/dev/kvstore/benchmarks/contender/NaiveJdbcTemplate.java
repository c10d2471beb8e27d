package dev.kvstore.benchmarks.contender;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The obvious first design: a JdbcTemplate over a pool of one connection, as SQLite has one writer. */
final class NaiveJdbcTemplate implements Contender {

    private final HikariDataSource pool;
    private final JdbcTemplate jdbc;

    NaiveJdbcTemplate(Path directory, Storage storage) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SqliteTable.url(directory, storage));
        config.setDataSourceProperties(SqliteTable.config(storage).toProperties());
        config.setMaximumPoolSize(1);
        // With 32 threads some would wait longer for the one connection than the default of 30 seconds, and fail.
        config.setConnectionTimeout(0);
        config.setMaxLifetime(0);
        this.pool = new HikariDataSource(config);
        this.jdbc = new JdbcTemplate(pool);
        jdbc.execute(SqliteTable.WITH_ROWID);
    }

    @Override
    public @Nullable String get(String group, String key) {
        List<@Nullable String> values =
                jdbc.queryForList(SqliteTable.GET, String.class, group, key, System.currentTimeMillis());
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public void set(String group, String key, String value) {
        jdbc.update(SqliteTable.SET, group, key, value, null);
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        jdbc.update(SqliteTable.SET, group, key, value, System.currentTimeMillis() + ttl.toMillis());
    }

    @Override
    public void delete(String group, String key) {
        jdbc.update(SqliteTable.DELETE, group, key);
    }

    @Override
    public Map<String, String> getAll(String group) {
        Map<String, String> entries = new LinkedHashMap<>();
        jdbc.query(
                SqliteTable.GET_ALL,
                row -> {
                    entries.put(row.getString(1), row.getString(2));
                },
                group,
                System.currentTimeMillis());
        return entries;
    }

    @Override
    public long count(String group) {
        Long count = jdbc.queryForObject(SqliteTable.COUNT, Long.class, group, System.currentTimeMillis());
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        pool.close();
    }
}
