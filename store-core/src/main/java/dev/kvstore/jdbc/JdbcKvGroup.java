package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Utf8;
import dev.kvstore.engine.Value;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A group of a store: each method validates and encodes, runs one operation, and decodes. */
final class JdbcKvGroup<V> implements KvGroup<V> {

    private final Entries entries;
    private final String name;
    private final TypedValues<V> values;
    private final Durability durability;

    /** Creates a view of a group whose name is valid. */
    JdbcKvGroup(Entries entries, String name, TypedValues<V> values, Durability durability) {
        this.entries = entries;
        this.name = name;
        this.values = values;
        this.durability = durability;
    }

    @Override
    public String name() {
        return name;
    }

    Durability durability() {
        return durability;
    }

    boolean isOf(Entries others) {
        return entries.equals(others);
    }

    @Override
    public KvGroup<V> durability(Durability other) {
        if (other == null) {
            throw new IllegalArgumentException("durability must not be null");
        }
        return new JdbcKvGroup<>(entries, name, values, other);
    }

    @Override
    public Optional<V> get(String key) {
        Utf8.check("key", key);
        return decoded(key, stored(key));
    }

    @Override
    public V require(String key) {
        return get(key).orElseThrow(() ->
                new KvNotFoundException("No live entry " + Names.printable(name) + "/" + Names.printable(key)));
    }

    @Override
    public Optional<KvEntry<V>> entry(String key) {
        Utf8.check("key", key);
        StoredEntry stored = entries.find(name, key);
        return stored.value() == null ? Optional.empty() : Optional.of(pages().entry(key, stored));
    }

    @Override
    public boolean contains(String key) {
        Utf8.check("key", key);
        return entries.contains(name, key);
    }

    @Override
    public Map<String, V> getAll() {
        return values.decodeAll(entries.read(new Query.GetAll(name)), name);
    }

    @Override
    public Map<String, V> getAll(Collection<String> keys) {
        List<String> sorted = Keys.sorted(keys);
        return sorted.isEmpty()
                ? ofNothing(Map.of())
                : values.decodeAll(entries.read(new Query.GetEach(name, sorted)), name);
    }

    @Override
    public long count() {
        return count(KvRange.all());
    }

    @Override
    public long count(KvRange range) {
        return entries.read(new Query.Count(name, Keys.checked(range)));
    }

    @Override
    public KvPage<V> page(KvRange range) {
        return pages().page(Keys.checked(range));
    }

    @Override
    public Stream<KvEntry<V>> entries(KvRange range) {
        return pages().entries(Keys.checked(range));
    }

    @Override
    public Stream<String> keys(KvRange range) {
        return pages().keys(Keys.checked(range));
    }

    private Pages<V> pages() {
        return new Pages<>(entries, name, values);
    }

    @Override
    public void set(String key, V value) {
        set(key, value, Expiry.never());
    }

    @Override
    public void set(String key, V value, Duration ttl) {
        if (ttl == null) {
            throw new IllegalArgumentException("ttl must not be null; use set without a ttl for no expiry");
        }
        set(key, value, Expiry.after(ttl));
    }

    @Override
    public void set(String key, V value, Expiry expiry) {
        write(put(key, value, expiry, Condition.ANY));
    }

    @Override
    public void setAll(Map<String, ? extends V> all) {
        setAll(all, Expiry.never());
    }

    @Override
    public void setAll(Map<String, ? extends V> all, Expiry expiry) {
        Keys.requireFew("entries", all == null ? null : all.keySet());
        List<Change.Put> puts = all.entrySet().stream()
                .map(entry -> put(entry.getKey(), entry.getValue(), expiry, Condition.ANY))
                .toList();
        entries.checked(expiry);
        if (puts.isEmpty()) {
            entries.requireOpen();
        } else {
            write(new Change.AllOrNothing(List.of(), puts));
        }
    }

    @Override
    public boolean setIfAbsent(String key, V value) {
        return setIfAbsent(key, value, Expiry.never());
    }

    @Override
    public boolean setIfAbsent(String key, V value, Expiry expiry) {
        return write(put(key, value, expiry, Condition.ABSENT)).isPresent();
    }

    @Override
    public Optional<V> getOrSet(String key, V value, Expiry expiry) {
        return decoded(key, getOrSet(put(key, value, expiry, Condition.ABSENT)));
    }

    @Override
    public boolean setIfPresent(String key, V value) {
        return setIfPresent(key, value, Expiry.never());
    }

    @Override
    public boolean setIfPresent(String key, V value, Expiry expiry) {
        return write(put(key, value, expiry, Condition.PRESENT)).isPresent();
    }

    @Override
    public OptionalLong compareAndSet(String key, long expectedVersion, V value, Expiry expiry) {
        Keys.requireVersion(expectedVersion);
        return write(put(key, value, expiry, Condition.version(expectedVersion)));
    }

    @Override
    public boolean compareAndDelete(String key, long expectedVersion) {
        Utf8.check("key", key);
        Keys.requireVersion(expectedVersion);
        return expectedVersion == 0
                ? ofNothing(false)
                : write(new Change.Delete(name, key, Condition.version(expectedVersion)));
    }

    // Decodes before the write, or a value of another type would be lost and only the error be left of it. With many
    // callers of one key the version may be gone: their second try reads and writes in one transaction.
    @Override
    public Optional<V> getAndSet(String key, V value, Expiry expiry) {
        Change.Put put = put(key, value, expiry, Condition.ANY);
        StoredEntry before = entries.find(name, key);
        Optional<V> decoded = decoded(key, Optional.ofNullable(before.value()));
        return write(put.when(Condition.version(before.version()))).isPresent()
                ? decoded
                : decoded(key, write(new Change.GetAndSet(put)));
    }

    @Override
    public Optional<V> getAndDelete(String key) {
        Utf8.check("key", key);
        StoredEntry before = entries.find(name, key);
        Optional<V> decoded = decoded(key, Optional.ofNullable(before.value()));
        return before.version() != 0 && write(new Change.Delete(name, key, Condition.version(before.version())))
                ? decoded
                : decoded(key, write(new Change.GetAndDelete(name, key)));
    }

    @Override
    public Optional<V> getAndExpire(String key, Expiry expiry) {
        Change.GetAndExpire change = new Change.GetAndExpire(name, key, entries.checked(expiry));
        get(key);
        return decoded(key, write(change));
    }

    @Override
    public boolean expire(String key, Expiry expiry) {
        Utf8.check("key", key);
        return write(new Change.Expire(name, key, entries.checked(expiry)));
    }

    @Override
    public long increment(String key, long delta) {
        return increment(key, delta, Expiry.never());
    }

    @Override
    public long increment(String key, long delta, Expiry ofNewEntry) {
        return write(incrementing(key, delta, ofNewEntry));
    }

    Change.Increment incrementing(String key, long delta, Expiry ofNewEntry) {
        CounterBounds bounds = CounterBounds.of(values.type(), name);
        entries.limits().checkName(name, key);
        return new Change.Increment(name, key, delta, bounds.least(), bounds.greatest(), entries.checked(ofNewEntry));
    }

    @Override
    public Optional<V> update(String key, Expiry expiry, UnaryOperator<Optional<V>> change) {
        return new Updates<>(this).update(key, expiry, change);
    }

    @Override
    public V getOrCompute(String key, Expiry expiry, Supplier<? extends V> loader) {
        if (loader == null) {
            throw new IllegalArgumentException("loader must not be null");
        }
        entries.limits().checkName(name, key);
        entries.checked(expiry);
        Value value = stored(key)
                .orElseGet(() ->
                        entries.loads().get(new EntryName(name, key), new Computation<>(this, key, expiry, loader)));
        return values.decode(value, name, key);
    }

    Optional<Value> stored(String key) {
        return entries.get(name, key);
    }

    Optional<Value> getOrSet(Change.Put put) {
        return write(new Change.GetOrSet(put));
    }

    @Override
    public boolean delete(String key) {
        return write(deleting(key));
    }

    Change.Delete deleting(String key) {
        Utf8.check("key", key);
        return new Change.Delete(name, key, Condition.ANY);
    }

    @Override
    public long deleteAll(Collection<String> keys) {
        List<Change.Delete> deletes =
                Keys.sorted(keys).stream().map(this::deleting).toList();
        if (deletes.isEmpty()) {
            return ofNothing(0L);
        }
        return write(new Change.AllOrNothing(List.of(), deletes)).orElseThrow().stream()
                .filter(Boolean.TRUE::equals)
                .count();
    }

    @Override
    public long deleteAll(KvRange range) {
        return write(new Change.DeleteRange(name, Keys.checked(range)));
    }

    @Override
    public long clear() {
        return write(new Change.DeleteGroup(name));
    }

    @Override
    public ConcurrentMap<String, V> asMap() {
        return new MapView<>(this);
    }

    /** Returns the result of a call that names no entry. */
    <T> T ofNothing(T result) {
        entries.requireOpen();
        return result;
    }

    /** Sets a value that does not expire, and returns its version. */
    long replace(String key, V value) {
        return write(put(key, value, Expiry.never(), Condition.ANY)).orElseThrow();
    }

    void check(Expiry expiry) {
        entries.checked(expiry);
    }

    Change.Put put(String key, V value, Expiry expiry, Condition condition) {
        Utf8.check("key", key);
        return entries.put(name, key, values.encode(value), expiry, condition);
    }

    private Optional<V> decoded(String key, Optional<Value> value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(values.decode(value.get(), name, key));
    }

    private <T extends @Nullable Object> T write(Change<T> change) {
        return entries.write(change, durability);
    }
}
