package dev.kvstore.jdbc;

import dev.kvstore.KvEntry;
import dev.kvstore.engine.Names;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry of a map view as it was read; it can be set and removed. Arrays are compared by their contents. */
final class MapEntry<V> implements Map.Entry<String, V> {

    private final JdbcKvGroup<V> group;
    private final String key;
    private V value;
    private long version;

    MapEntry(JdbcKvGroup<V> group, KvEntry<V> read) {
        this.group = group;
        this.key = read.key();
        this.value = read.value();
        this.version = read.version();
    }

    @Override
    public String getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    /** Sets the value in the group, whatever the entry has become there, and returns the value that was read. */
    @Override
    public V setValue(V newValue) {
        Objects.requireNonNull(newValue, "value");
        version = group.replace(key, newValue);
        V old = value;
        value = newValue;
        return old;
    }

    /** Deletes the entry unless somebody has changed it since it was read; returns whether it was deleted. */
    boolean remove() {
        return group.compareAndDelete(key, version);
    }

    static boolean areEqual(@Nullable Object one, @Nullable Object other) {
        return Objects.deepEquals(one, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Map.Entry<?, ?> entry
                && key.equals(entry.getKey())
                && areEqual(value, entry.getValue());
    }

    @Override
    public int hashCode() {
        return key.hashCode() ^ (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode());
    }

    /** Omits the value, which must not appear in a log. */
    @Override
    public String toString() {
        return "entry '" + Names.printable(key) + "'";
    }
}
