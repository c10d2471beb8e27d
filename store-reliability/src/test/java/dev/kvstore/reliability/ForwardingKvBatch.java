package dev.kvstore.reliability;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;

/** Delegates every call with the groups that the store itself returned. */
public class ForwardingKvBatch implements KvBatch {

    private final KvBatch batch;

    protected ForwardingKvBatch(KvBatch batch) {
        this.batch = batch;
    }

    private static <V> KvGroup<V> sound(KvGroup<V> group) {
        return group instanceof ForwardingKvGroup<V> forwarding ? forwarding.group : group;
    }

    @Override
    public <V> KvBatch check(KvGroup<V> group, String key, long expectedVersion) {
        batch.check(sound(group), key, expectedVersion);
        return this;
    }

    @Override
    public <V> KvBatch set(KvGroup<V> group, String key, V value) {
        batch.set(sound(group), key, value);
        return this;
    }

    @Override
    public <V> KvBatch set(KvGroup<V> group, String key, V value, Expiry expiry) {
        batch.set(sound(group), key, value, expiry);
        return this;
    }

    @Override
    public KvBatch delete(KvGroup<?> group, String key) {
        batch.delete(sound(group), key);
        return this;
    }

    @Override
    public KvBatch increment(KvGroup<Long> group, String key, long delta) {
        batch.increment(sound(group), key, delta);
        return this;
    }

    @Override
    public boolean commit() {
        return batch.commit();
    }
}
