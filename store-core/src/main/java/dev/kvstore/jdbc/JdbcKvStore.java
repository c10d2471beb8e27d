package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.KvBatch;
import dev.kvstore.KvChanges;
import dev.kvstore.KvCodec;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLeases;
import dev.kvstore.KvObserver;
import dev.kvstore.KvStore;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Utf8;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/** The operations of a store on any engine: each method validates its arguments, then runs one operation. */
public abstract class JdbcKvStore implements KvStore {

    private final Engine engine;
    private final Entries entries;
    private final TemplateRenderer renderer;
    private final GroupNames groupNames;
    private final KvLeases leases;
    private final ChangeFeed feed;
    private final Subscriptions subscriptions;
    private final KvChanges changes;
    private final Codecs codecs;
    private final @Nullable KvObserver observer;

    /** Creates a store on an open engine. */
    protected JdbcKvStore(Engine engine, StoreOptions options, TemplateRenderer renderer) {
        KvObserver observer = options.observer();
        this.observer = observer;
        this.engine = observer == null ? engine : new ObservedEngine(engine, observer);
        this.feed = new ChangeFeed(this.engine, ThreadLocalRandom.current().nextLong(), options.retention());
        this.subscriptions = new Subscriptions(feed);
        this.changes = new JdbcKvChanges(feed, options.limits(), subscriptions);
        this.entries = new Entries(this.engine, options.limits(), options.cache(), subscriptions);
        this.renderer = renderer;
        this.groupNames = new GroupNames(this.engine);
        this.leases = new JdbcKvLeases(entries);
        this.codecs = Codecs.with(options.jsonMapper());
        if (observer != null) {
            observer.opened(new StoreStatus(engine, options.cache()));
        }
    }

    Entries entries() {
        return entries;
    }

    /** Ends all subscriptions. Call before the engine is closed, which listeners may be using. */
    protected final void endSubscriptions() {
        subscriptions.close();
    }

    /** Warns when another application opened the database last, and stores the name of this one. */
    protected final void noteApplication(String database, String application) {
        LastApplication.note(engine, database, application);
    }

    @Override
    public KvGroup<String> group(String name) {
        return group(name, TypedValues.TEXT);
    }

    @Override
    public <V> KvGroup<V> group(String name, Class<V> type) {
        return group(name, codecs.of(type));
    }

    @Override
    public <V> KvGroup<V> group(String name, ParameterizedTypeReference<V> type) {
        return group(name, codecs.of(type));
    }

    @Override
    public <V> KvGroup<V> group(String name, KvCodec<V> codec) {
        return group(name, TypedValues.of(codec));
    }

    private <V> KvGroup<V> group(String name, TypedValues<V> values) {
        OwnGroups.check(name);
        return new JdbcKvGroup<>(entries, name, values, Durability.FULL);
    }

    @Override
    public Stream<String> groups(String prefix) {
        return groupNames.startingWith(prefix);
    }

    @Override
    public KvBatch batch() {
        return new JdbcKvBatch(entries);
    }

    @Override
    public KvLeases leases() {
        return leases;
    }

    @Override
    public KvChanges changes() {
        return changes;
    }

    @Override
    public Optional<String> get(String group, String key) {
        return group(group).get(key);
    }

    @Override
    public String require(String group, String key) {
        return group(group).require(key);
    }

    @Override
    public void set(String group, String key, String value) {
        group(group).set(key, value);
    }

    @Override
    public void set(String group, String key, String value, Duration ttl) {
        group(group).set(key, value, ttl);
    }

    @Override
    public boolean delete(String group, String key) {
        return group(group).delete(key);
    }

    @Override
    public long count(String group) {
        return group(group).count();
    }

    @Override
    public Map<String, String> getAll(String group) {
        return group(group).getAll();
    }

    @Override
    public long deleteGroup(String group) {
        return group(group).clear();
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
        NearCache cache = entries.cache();
        long removed = cache == null ? purge(now) : cache.purge(now.toEpochMilli(), () -> purge(now));
        if (observer != null) {
            observer.purged(removed);
        }
        subscriptions.signal();
        feed.trim();
        return removed;
    }

    private long purge(Instant upTo) {
        return new PurgeChunks(System::nanoTime)
                .remove(limit -> engine.write(new Change.Purge(upTo, limit), Durability.FULL));
    }
}
