package dev.kvstore.jdbc;

import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvStore;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.Utf8;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;

/** The operations of a store on any engine: each method validates its arguments, then runs one operation. */
public abstract class JdbcKvStore implements KvStore {

    private final Engine engine;
    private final Limits limits;
    private final TemplateRenderer renderer;
    private final @Nullable NearCache cache;
    private final GroupNames groupNames;

    /**
     * Creates a store.
     *
     * @param cache null for none; exact only if this store alone changes the database
     */
    protected JdbcKvStore(Engine engine, Limits limits, TemplateRenderer renderer, @Nullable NearCache cache) {
        this.engine = engine;
        this.limits = limits;
        this.renderer = renderer;
        this.cache = cache;
        this.groupNames = new GroupNames(engine);
    }

    /** Warns when another application opened the database last, and stores the name of this one. */
    protected final void noteApplication(String database, String application) {
        LastApplication.note(engine, database, application);
    }

    @Override
    public Optional<String> get(String group, String key) {
        OwnGroups.check(group);
        Utf8.check("key", key);
        return cache == null ? engine.read(new Query.Get(group, key)) : cached(cache, group, key);
    }

    private Optional<String> cached(NearCache cache, String group, String key) {
        long now = engine.now().toEpochMilli();
        try {
            return cache.get(group, key, now, () -> engine.read(new Query.GetStored(group, key)));
        } catch (DataRetrievalFailureException e) {
            // The cache cannot hold a value that is not UTF-8, and reading one is an error only while the entry is
            // live.
            return engine.read(new Query.Get(group, key));
        }
    }

    @Override
    public String require(String group, String key) {
        return get(group, key)
                .orElseThrow(() -> new KvNotFoundException(
                        "No live entry " + Names.printable(group) + "/" + Names.printable(key)));
    }

    @Override
    public void set(String group, String key, String value) {
        OwnGroups.refuse(group);
        long size = limits.checkedSize(group, key, value);
        write(group, key, new Change.Set(group, key, value, size, null));
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        OwnGroups.refuse(group);
        long size = limits.checkedSize(group, key, value);
        requirePositive(ttl);
        write(group, key, new Change.Set(group, key, value, size, ttl));
    }

    private static void requirePositive(@Nullable Duration ttl) {
        if (ttl == null) {
            throw new IllegalArgumentException("ttl must not be null; use set without a ttl for no expiry");
        }
        if (ttl.isZero() || ttl.isNegative()) {
            throw new IllegalArgumentException("ttl must be positive: " + ttl);
        }
    }

    @Override
    public boolean delete(String group, String key) {
        OwnGroups.check(group);
        Utf8.check("key", key);
        return write(group, key, new Change.Delete(group, key));
    }

    private <T extends @Nullable Object> T write(String group, String key, Change<T> change) {
        return cache == null ? engine.write(change) : cache.change(group, key, () -> engine.write(change));
    }

    @Override
    public long count(String group) {
        OwnGroups.check(group);
        return engine.read(new Query.Count(group));
    }

    @Override
    public Map<String, String> getAll(String group) {
        OwnGroups.check(group);
        return Collections.unmodifiableMap(engine.read(new Query.GetAll(group)));
    }

    /**
     * Returns the groups that have a live entry and whose names start with a prefix, in the order of their UTF-8 bytes.
     * The stream finds each group with a separate query, so a group that gains its first entry or loses its last one in
     * the meantime may or may not appear. The stream holds no connection and need not be closed.
     *
     * @param prefix empty for all groups
     * @throws DataRetrievalFailureException from this method or from the stream, if another program wrote a name that
     *     is not valid UTF-8
     */
    public Stream<String> groups(String prefix) {
        return groupNames.startingWith(prefix);
    }

    @Override
    public long deleteGroup(String group) {
        OwnGroups.check(group);
        Change.DeleteGroup change = new Change.DeleteGroup(group);
        return cache == null ? engine.write(change) : cache.changeGroup(group, () -> engine.write(change));
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
        Instant now = engine.now();
        return cache == null ? purge(now) : cache.purge(now.toEpochMilli(), () -> purge(now));
    }

    private long purge(Instant upTo) {
        return new PurgeChunks(System::nanoTime).remove(limit -> engine.write(new Change.Purge(upTo, limit)));
    }
}
