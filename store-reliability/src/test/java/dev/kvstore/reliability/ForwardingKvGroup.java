package dev.kvstore.reliability;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Delegates every call, so that a planted bug only contains the faulty method. */
public class ForwardingKvGroup<V> implements KvGroup<V> {

    protected final KvGroup<V> group;

    protected ForwardingKvGroup(KvGroup<V> group) {
        this.group = group;
    }

    @Override
    public String name() {
        return group.name();
    }

    /** The view of another durability is that of the delegate, without the bug. */
    @Override
    public KvGroup<V> durability(Durability durability) {
        return group.durability(durability);
    }

    @Override
    public Optional<V> get(String key) {
        return group.get(key);
    }

    @Override
    public V require(String key) {
        return group.require(key);
    }

    @Override
    public Optional<KvEntry<V>> entry(String key) {
        return group.entry(key);
    }

    @Override
    public boolean contains(String key) {
        return group.contains(key);
    }

    @Override
    public Map<String, V> getAll() {
        return group.getAll();
    }

    @Override
    public Map<String, V> getAll(Collection<String> keys) {
        return group.getAll(keys);
    }

    @Override
    public long count() {
        return group.count();
    }

    @Override
    public long count(KvRange range) {
        return group.count(range);
    }

    @Override
    public KvPage<V> page(KvRange range) {
        return group.page(range);
    }

    @Override
    public Stream<KvEntry<V>> entries(KvRange range) {
        return group.entries(range);
    }

    @Override
    public Stream<String> keys(KvRange range) {
        return group.keys(range);
    }

    @Override
    public void set(String key, V value) {
        group.set(key, value);
    }

    @Override
    public void set(String key, V value, Duration ttl) {
        group.set(key, value, ttl);
    }

    @Override
    public void set(String key, V value, Expiry expiry) {
        group.set(key, value, expiry);
    }

    @Override
    public void setAll(Map<String, ? extends V> entries) {
        group.setAll(entries);
    }

    @Override
    public void setAll(Map<String, ? extends V> entries, Expiry expiry) {
        group.setAll(entries, expiry);
    }

    @Override
    public boolean setIfAbsent(String key, V value) {
        return group.setIfAbsent(key, value);
    }

    @Override
    public boolean setIfAbsent(String key, V value, Expiry expiry) {
        return group.setIfAbsent(key, value, expiry);
    }

    @Override
    public Optional<V> getOrSet(String key, V value, Expiry expiry) {
        return group.getOrSet(key, value, expiry);
    }

    @Override
    public boolean setIfPresent(String key, V value) {
        return group.setIfPresent(key, value);
    }

    @Override
    public boolean setIfPresent(String key, V value, Expiry expiry) {
        return group.setIfPresent(key, value, expiry);
    }

    @Override
    public OptionalLong compareAndSet(String key, long expectedVersion, V value, Expiry expiry) {
        return group.compareAndSet(key, expectedVersion, value, expiry);
    }

    @Override
    public boolean compareAndDelete(String key, long expectedVersion) {
        return group.compareAndDelete(key, expectedVersion);
    }

    @Override
    public Optional<V> getAndSet(String key, V value, Expiry expiry) {
        return group.getAndSet(key, value, expiry);
    }

    @Override
    public Optional<V> getAndDelete(String key) {
        return group.getAndDelete(key);
    }

    @Override
    public Optional<V> getAndExpire(String key, Expiry expiry) {
        return group.getAndExpire(key, expiry);
    }

    @Override
    public boolean expire(String key, Expiry expiry) {
        return group.expire(key, expiry);
    }

    @Override
    public long increment(String key, long delta) {
        return group.increment(key, delta);
    }

    @Override
    public long increment(String key, long delta, Expiry ofNewEntry) {
        return group.increment(key, delta, ofNewEntry);
    }

    @Override
    public Optional<V> update(String key, Expiry expiry, UnaryOperator<Optional<V>> change) {
        return group.update(key, expiry, change);
    }

    @Override
    public V getOrCompute(String key, Expiry expiry, Supplier<? extends V> loader) {
        return group.getOrCompute(key, expiry, loader);
    }

    @Override
    public boolean delete(String key) {
        return group.delete(key);
    }

    @Override
    public long deleteAll(Collection<String> keys) {
        return group.deleteAll(keys);
    }

    @Override
    public long deleteAll(KvRange range) {
        return group.deleteAll(range);
    }

    @Override
    public long clear() {
        return group.clear();
    }

    @Override
    public ConcurrentMap<String, V> asMap() {
        return group.asMap();
    }
}
