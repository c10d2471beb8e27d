package dev.kvstore.jdbc;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvRange;
import dev.kvstore.engine.Names;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A group as a map. Each method is one operation of the group, or reads the entry and changes it if it still has its
 * version. Nothing is kept in the map.
 */
final class MapView<V> extends AbstractMap<String, V> implements ConcurrentMap<String, V> {

    private static final int SET_AT_ONCE = 1_000;

    private final JdbcKvGroup<V> group;

    MapView(JdbcKvGroup<V> group) {
        this.group = group;
    }

    JdbcKvGroup<V> group() {
        return group;
    }

    /** Returns the key as one of the group; empty if it is of another type, so that no entry has it. */
    Optional<String> key(@Nullable Object key) {
        return Objects.requireNonNull(key, "key") instanceof String text
                ? Optional.of(text)
                : group.ofNothing(Optional.empty());
    }

    @Override
    public int size() {
        return (int) Math.min(group.count(), Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return group.keys(KvRange.all().limit(1)).findAny().isEmpty();
    }

    @Override
    public boolean containsKey(Object key) {
        return key(key).filter(group::contains).isPresent();
    }

    @Override
    public boolean containsValue(Object value) {
        return values().contains(value);
    }

    @Override
    public @Nullable V get(Object key) {
        return key(key).flatMap(group::get).orElse(null);
    }

    @Override
    public @Nullable V put(String key, V value) {
        requireNonNull(key, value);
        return group.getAndSet(key, value, Expiry.never()).orElse(null);
    }

    /** Sets the entries in transactions of up to a thousand. */
    @Override
    public void putAll(Map<? extends String, ? extends V> all) {
        Map<String, V> part = new LinkedHashMap<>();
        all.forEach((key, value) -> {
            requireNonNull(key, value);
            part.put(key, value);
            if (part.size() == SET_AT_ONCE) {
                group.setAll(part);
                part.clear();
            }
        });
        group.setAll(part);
    }

    @Override
    public @Nullable V putIfAbsent(String key, V value) {
        requireNonNull(key, value);
        return group.getOrSet(key, value, Expiry.never()).orElse(null);
    }

    @Override
    public @Nullable V remove(Object key) {
        return key(key).flatMap(group::getAndDelete).orElse(null);
    }

    @Override
    public boolean remove(Object key, Object value) {
        requireNonNull(key, value);
        return key(key).filter(text ->
                        decide(text, before -> has(before, value) ? Decision.delete(true) : Decision.keep(false)))
                .isPresent();
    }

    @Override
    public boolean replace(String key, V oldValue, V newValue) {
        requireNonNull(key, oldValue);
        requireNonNull(key, newValue);
        return decide(key, before -> has(before, oldValue) ? Decision.set(newValue, true) : Decision.keep(false));
    }

    private boolean has(Optional<KvEntry<V>> entry, Object value) {
        return entry.isPresent() && MapEntry.areEqual(value, entry.get().value());
    }

    @Override
    public @Nullable V replace(String key, V value) {
        requireNonNull(key, value);
        return decide(key, before -> {
            V old = valueOf(before);
            return old == null ? Decision.keep(null) : Decision.set(value, old);
        });
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        keySet().forEach(key -> computeIfPresent(
                key, (same, value) -> Objects.requireNonNull(function.apply(same, value), "function's result")));
    }

    @Override
    public @Nullable V computeIfAbsent(String key, Function<? super String, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        V present = get(key);
        if (present != null) {
            return present;
        }
        V computed = function.apply(key);
        return computed == null
                ? null
                : group.getOrSet(key, computed, Expiry.never()).orElse(computed);
    }

    @Override
    public @Nullable V computeIfPresent(String key, BiFunction<? super String, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        return change(key, old -> old == null ? null : function.apply(key, old));
    }

    @Override
    @SuppressWarnings("NullAway") // the function gets null where no value is
    public @Nullable V compute(String key, BiFunction<? super String, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        return change(key, old -> function.apply(key, old));
    }

    @Override
    public @Nullable V merge(String key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        requireNonNull(key, value);
        Objects.requireNonNull(function, "function");
        return change(key, old -> old == null ? value : function.apply(old, value));
    }

    /** Replaces the value, null for none, by the result of a function, null to delete it; returns that result. */
    private @Nullable V change(String key, Function<@Nullable V, @Nullable V> function) {
        return decide(key, before -> {
            V after = function.apply(valueOf(before));
            return after != null
                    ? Decision.set(after, after)
                    : before.isPresent() ? Decision.delete(null) : Decision.keep(null);
        });
    }

    private <R extends @Nullable Object> R decide(String key, Function<Optional<KvEntry<V>>, Decision<V, R>> decide) {
        Objects.requireNonNull(key, "key");
        return new Updates<>(group).decide(key, Expiry.never(), decide);
    }

    private @Nullable V valueOf(Optional<KvEntry<V>> entry) {
        return entry.map(KvEntry::value).orElse(null);
    }

    private static void requireNonNull(@Nullable Object key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    @Override
    public void clear() {
        group.clear();
    }

    @Override
    public Set<String> keySet() {
        return new MapKeys(this);
    }

    @Override
    public Collection<V> values() {
        return new MapValues<>(this);
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new MapEntries<>(this);
    }

    /** As {@link Map#equals}, but arrays are compared by their contents. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof Map<?, ?> map)) {
            return false;
        }
        int size = 0;
        for (Map.Entry<String, V> entry : entrySet()) {
            if (!MapEntry.areEqual(entry.getValue(), map.get(entry.getKey()))) {
                return false;
            }
            size++;
        }
        return size == map.size();
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (Map.Entry<String, V> entry : entrySet()) {
            sum += entry.hashCode();
        }
        return sum;
    }

    /** Names the group; no entry is read, and no value appears in a log. */
    @Override
    public String toString() {
        return "map of group '" + Names.printable(group.name()) + "'";
    }
}
