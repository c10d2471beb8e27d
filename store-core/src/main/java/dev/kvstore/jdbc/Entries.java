package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;

/**
 * Runs operations on an engine, with the near cache in front of it. All operations of a store take this road.
 *
 * @param cache null for none; exact only if this store alone changes the database
 * @param subscriptions look for changes after each write
 */
record Entries(Engine engine, Limits limits, @Nullable NearCache cache, Loads loads, Subscriptions subscriptions) {

    Entries(Engine engine, Limits limits, @Nullable NearCache cache, Subscriptions subscriptions) {
        this(engine, limits, cache, new Loads(engine), subscriptions);
    }

    Optional<Value> get(String group, String key) {
        return cache == null
                ? engine.read(new Query.Get(group, key))
                : Optional.ofNullable(cached(cache, group, key).value());
    }

    StoredEntry find(String group, String key) {
        return cache == null ? engine.read(new Query.Find(group, key)) : cached(cache, group, key);
    }

    boolean contains(String group, String key) {
        Query<Boolean> query = new Query.Contains(group, key);
        if (cache == null) {
            return engine.read(query);
        }
        try {
            return cached(cache, group, key).value() != null;
        } catch (DataRetrievalFailureException e) {
            // Whether an entry is live does not depend on its value.
            return engine.read(query);
        }
    }

    private StoredEntry cached(NearCache cache, String group, String key) {
        engine.requireOpen();
        long now = engine.now().toEpochMilli();
        try {
            return cache.get(group, key, now, () -> engine.read(new Query.GetStored(group, key)));
        } catch (DataRetrievalFailureException e) {
            // The cache cannot hold a value that is not UTF-8, and reading one is an error only while the entry is
            // live.
            return engine.read(new Query.Find(group, key));
        }
    }

    /** Refuses a call that needs no database once the store is closed. */
    void requireOpen() {
        engine.requireOpen();
    }

    <T> T read(Query<T> query) {
        return engine.read(query);
    }

    <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
        try {
            return cache == null
                    ? engine.write(change, durability)
                    : cache.change(change, () -> engine.write(change, durability));
        } finally {
            // Also after a failure, whose outcome may be unknown.
            subscriptions.signal();
        }
    }

    /** The change that puts a value; validates all of it. */
    Change.Put put(String group, String key, Value value, Expiry expiry, Condition condition) {
        long size = limits.checkedSize(group, key, value);
        return new Change.Put(group, key, value, size, checked(expiry), condition);
    }

    /**
     * Validates an expiry by the engine's clock.
     *
     * @throws IllegalArgumentException if it is null, or not after now
     */
    Expiry checked(@Nullable Expiry expiry) {
        if (expiry == null) {
            throw new IllegalArgumentException("expiry must not be null; use Expiry.never() for none");
        }
        if (expiry instanceof Expiry.At at && !at.instant().isAfter(engine.now())) {
            throw new IllegalArgumentException("expiry must be after the time of the store's clock");
        }
        return expiry;
    }
}
