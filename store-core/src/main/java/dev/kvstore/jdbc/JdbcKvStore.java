package dev.kvstore.jdbc;

import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvStore;
import dev.kvstore.text.TextRenderer;
import dev.kvstore.text.Utf8;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/** The operations of a store: checks what it is given, then runs one operation of the engine with one {@code now}. */
public abstract class JdbcKvStore implements KvStore {

    private final Engine engine;
    private final KvSql sql;
    private final Limits limits;
    private final InstantSource clock;
    private final TextRenderer renderer;
    private final @Nullable NearCache cache;

    /**
     * Creates a store.
     *
     * @param cache null for none; only where nobody else can change the database
     */
    protected JdbcKvStore(
            Engine engine,
            KvSql sql,
            Limits limits,
            InstantSource clock,
            TextRenderer renderer,
            @Nullable NearCache cache) {
        this.engine = engine;
        this.sql = sql;
        this.limits = limits;
        this.clock = clock;
        this.renderer = renderer;
        this.cache = cache;
    }

    @Override
    public Optional<String> get(String group, String key) {
        Utf8.check("group", group);
        Utf8.check("key", key);
        long now = clock.millis();
        return cache == null ? read(group, key, now) : get(group, key, now, cache);
    }

    private Optional<String> get(String group, String key, long now, NearCache from) {
        try {
            return from.get(group, key, now, () -> stored(group, key));
        } catch (DataRetrievalFailureException e) {
            // The cache cannot keep a value that is not UTF-8. It is an error only until it expires, as the database
            // knows.
            return read(group, key, now);
        }
    }

    private Optional<String> read(String group, String key, long now) {
        return engine.read(jdbc -> jdbc.query(
                sql.get(),
                statement -> bind(statement, group, key, now),
                rows -> rows.next() ? Optional.of(StoredText.value(rows, 1, group, key)) : Optional.empty()));
    }

    private NearCache.Stored stored(String group, String key) {
        ResultSetExtractor<NearCache.Stored> extractor = rows -> storedIn(rows, group, key);
        return engine.read(jdbc -> jdbc.query(
                sql.stored(),
                statement -> {
                    statement.setString(1, group);
                    statement.setString(2, key);
                },
                extractor));
    }

    private static NearCache.Stored storedIn(ResultSet rows, String group, String key) throws SQLException {
        if (!rows.next()) {
            return NearCache.Stored.NOTHING;
        }
        String value = StoredText.value(rows, 1, group, key);
        long expiresAt = rows.getLong(2);
        return new NearCache.Stored(value, rows.wasNull() ? NearCache.Stored.NEVER : expiresAt);
    }

    @Override
    public String require(String group, String key) {
        return get(group, key).orElseThrow(() -> new KvNotFoundException(group, key));
    }

    @Override
    public void set(String group, String key, String value) {
        long size = limits.checkedSize(group, key, value);
        upsert(group, key, value, size, null);
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        long size = limits.checkedSize(group, key, value);
        upsert(group, key, value, size, Expiry.after(ttl, clock));
    }

    private void upsert(String group, String key, String value, long size, @Nullable Long expiresAt) {
        write(
                group,
                key,
                jdbc -> jdbc.update(sql.set(size), statement -> {
                    statement.setString(1, group);
                    statement.setString(2, key);
                    statement.setString(3, value);
                    if (expiresAt == null) {
                        statement.setNull(4, Types.BIGINT);
                    } else {
                        statement.setLong(4, expiresAt);
                    }
                }));
    }

    private <T extends @Nullable Object> T write(String group, String key, Function<JdbcOperations, T> operation) {
        return cache == null ? engine.write(operation) : cache.change(group, key, () -> engine.write(operation));
    }

    @Override
    public boolean delete(String group, String key) {
        Utf8.check("group", group);
        Utf8.check("key", key);
        long now = clock.millis();
        return write(
                group,
                key,
                jdbc -> jdbc.query(
                        sql.delete(), statement -> bind(statement, group, key, now), JdbcKvStore::deletedLiveRow));
    }

    // The statement is only committed once its last row was asked for.
    private static boolean deletedLiveRow(ResultSet rows) throws SQLException {
        boolean live = false;
        while (rows.next()) {
            live |= rows.getBoolean(1);
        }
        return live;
    }

    @Override
    public long count(String group) {
        Utf8.check("group", group);
        long now = clock.millis();
        return engine.read(jdbc -> queryCount(jdbc, group, now));
    }

    private long queryCount(JdbcOperations jdbc, String group, long now) {
        return jdbc.query(sql.count(), statement -> bind(statement, group, now), rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    @Override
    public Map<String, String> getAll(String group) {
        Utf8.check("group", group);
        long now = clock.millis();
        return Collections.unmodifiableMap(engine.read(jdbc -> sql.getAll().entries(jdbc, group, now)));
    }

    @Override
    public long deleteGroup(String group) {
        Utf8.check("group", group);
        long now = clock.millis();
        return cache == null ? deleteGroup(group, now) : cache.changeGroup(group, () -> deleteGroup(group, now));
    }

    private long deleteGroup(String group, long now) {
        return engine.transact(jdbc -> {
            long live = queryCount(jdbc, group, now);
            jdbc.update(sql.deleteGroup(), group);
            return live;
        });
    }

    @Override
    public String render(String template, String group) {
        Utf8.check("template", template);
        return renderer.render(template, getAll(group));
    }

    @Override
    public String renderNamed(String name, String group) {
        Utf8.check("name", name);
        return renderer.renderNamed(name, getAll(group));
    }

    @Override
    public long purgeExpired() {
        long now = clock.millis();
        return cache == null ? purge(now) : cache.purge(now, () -> purge(now));
    }

    private long purge(long now) {
        return new PurgeChunks(System::nanoTime)
                .remove(most -> engine.write(jdbc -> jdbc.update(sql.purge(), notLaterThan(now), most)));
    }

    // Asked for within the write: an entry set before it, after the clock was set back, is live by this time.
    private long notLaterThan(long now) {
        return Math.min(now, clock.millis());
    }

    private static void bind(PreparedStatement statement, String group, String key, long now) throws SQLException {
        statement.setString(1, group);
        statement.setString(2, key);
        statement.setLong(3, now);
    }

    private static void bind(PreparedStatement statement, String group, long now) throws SQLException {
        statement.setString(1, group);
        statement.setLong(2, now);
    }
}
