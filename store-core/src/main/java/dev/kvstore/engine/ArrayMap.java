package dev.kvstore.engine;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable map that lies in two arrays, in the order in which its entries were added. It is filled without
 * hashing, and takes half the memory of a linked map. Thread-safe.
 */
public final class ArrayMap<V> extends AbstractMap<String, V> {

    private final String[] keys;
    private final Object[] values;
    /** A hash table of positions, with open addressing; 0 is free. Made by the first call that looks for a key. */
    private volatile int @Nullable [] positions;

    private ArrayMap(String[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    @SuppressWarnings("unchecked")
    private V valueAt(int position) {
        return (V) values[position];
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public boolean containsKey(Object key) {
        return position(key) >= 0;
    }

    @Override
    public @Nullable V get(Object key) {
        int position = position(key);
        return position < 0 ? null : valueAt(position);
    }

    private int position(@Nullable Object key) {
        if (!(key instanceof String) || keys.length == 0) {
            return -1;
        }
        int[] table = positions;
        if (table == null) {
            table = hashed(keys);
            positions = table;
        }
        int slot = slot(key, table.length);
        while (table[slot] != 0) {
            int position = table[slot] - 1;
            if (keys[position].equals(key)) {
                return position;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return -1;
    }

    private static int[] hashed(String[] keys) {
        int[] table = new int[Integer.highestOneBit(keys.length) * 4];
        for (int i = 0; i < keys.length; i++) {
            int slot = slot(keys[i], table.length);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = i + 1;
        }
        return table;
    }

    // Spreads hashes that differ in high bits only, or lie side by side, by the golden ratio, as Fibonacci hashing
    // does.
    private static int slot(Object key, int length) {
        return (key.hashCode() * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(length) + 1);
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], valueAt(i));
        }
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public boolean contains(Object entry) {
                return entry instanceof Map.Entry<?, ?> other
                        && other.getValue() != null
                        && other.getValue().equals(get(other.getKey()));
            }

            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, V>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < keys.length;
        }

        @Override
        public Map.Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int position = next++;
            return Map.entry(keys[position], valueAt(position));
        }
    }

    /** Collects entries with distinct keys. Not thread-safe. */
    public static final class Builder<V> {

        private String[] keys;
        private Object[] values;
        private int size;

        /** Begins with room for a number of entries. */
        public Builder(int capacity) {
            this.keys = new String[Math.max(capacity, 1)];
            this.values = new Object[keys.length];
        }

        /** Adds an entry whose key is new, and returns its position. */
        public int add(String key, V value) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            keys[size] = key;
            values[size] = value;
            return size++;
        }

        /** Replaces the value at a position. */
        public void set(int position, V value) {
            values[position] = value;
        }

        /** Returns the number of entries. */
        public int size() {
            return size;
        }

        /** Removes the entries from a position on. */
        public void truncate(int length) {
            size = length;
        }

        /** Returns the entries; the builder must not be used any more. */
        public ArrayMap<V> build() {
            return size == keys.length
                    ? new ArrayMap<>(keys, values)
                    : new ArrayMap<>(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
        }
    }
}
