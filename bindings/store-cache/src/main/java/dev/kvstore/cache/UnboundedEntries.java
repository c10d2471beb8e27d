package dev.kvstore.cache;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import org.jspecify.annotations.Nullable;

/** Entries that only their ttl bounds. */
record UnboundedEntries<S>(KvGroup<S> group, Expiry expiry) implements CacheEntries<S> {

    @Override
    public void put(String key, S value) {
        group.set(key, value, expiry);
    }

    @Override
    public @Nullable S putIfAbsent(String key, S value) {
        return group.getOrSet(key, value, expiry).orElse(null);
    }

    @Override
    public @Nullable S addLoaded(String key, S value) {
        return null;
    }

    @Override
    public void completeLoad(String key, S value) {
        // getOrCompute has set it, and nothing else has to know.
    }

    @Override
    public boolean delete(String key) {
        return group.delete(key);
    }

    @Override
    public long clear() {
        return group.clear();
    }
}
