package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvRange;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The map view of a group of the model: what {@link ConcurrentMap} does by default, over few methods of the group. */
final class ModelMap<V> extends AbstractMap<String, V> implements ConcurrentMap<String, V> {

    private final ModelGroup<V> group;

    ModelMap(ModelGroup<V> group) {
        this.group = group;
    }

    @Override
    public V get(Object key) {
        return group.get((String) Objects.requireNonNull(key)).orElse(null);
    }

    @Override
    public boolean containsKey(Object key) {
        return group.contains((String) Objects.requireNonNull(key));
    }

    @Override
    public V put(String key, V value) {
        requireNonNull(key, value);
        return group.getAndSet(key, value, Expiry.never()).orElse(null);
    }

    @Override
    public void putAll(Map<? extends String, ? extends V> all) {
        all.forEach(ModelMap::requireNonNull);
        all.forEach((key, value) -> group.checked(key, value, Expiry.never()));
        all.forEach(group::set);
    }

    @Override
    public V putIfAbsent(String key, V value) {
        requireNonNull(key, value);
        return group.getOrSet(key, value, Expiry.never()).orElse(null);
    }

    @Override
    public V remove(Object key) {
        return group.getAndDelete((String) Objects.requireNonNull(key)).orElse(null);
    }

    @Override
    public boolean remove(Object key, Object value) {
        requireNonNull(key, value);
        return Objects.deepEquals(get(key), value) && group.delete((String) key);
    }

    @Override
    public boolean replace(String key, V oldValue, V newValue) {
        requireNonNull(key, oldValue);
        requireNonNull(key, newValue);
        boolean equal = Objects.deepEquals(get(key), oldValue);
        if (equal) {
            group.set(key, newValue);
        }
        return equal;
    }

    @Override
    public V replace(String key, V value) {
        requireNonNull(key, value);
        V old = get(key);
        if (old != null) {
            group.set(key, value);
        }
        return old;
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super V, ? extends V> function) {
        keySet().forEach(key ->
                computeIfPresent(key, (same, value) -> Objects.requireNonNull(function.apply(same, value))));
    }

    @Override
    public Set<String> keySet() {
        return new Elements<>(group.keys(KvRange.all()).toList(), group::delete);
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        List<Entry<String, V>> read =
                group.entries(KvRange.all()).map(ModelMap::entry).toList();
        return new Elements<>(read, entry -> group.delete(entry.getKey()));
    }

    private static <V> Entry<String, V> entry(KvEntry<V> read) {
        return new SimpleImmutableEntry<>(read.key(), read.value());
    }

    @Override
    public int size() {
        return (int) group.count();
    }

    @Override
    public boolean isEmpty() {
        return group.keys(KvRange.all().limit(1)).findAny().isEmpty();
    }

    private static void requireNonNull(Object key, Object value) {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }

    /** Elements as they were read. */
    private static final class Elements<T> extends AbstractSet<T> {

        private final List<T> read;
        private final Consumer<T> remove;

        Elements(List<T> read, Consumer<T> remove) {
            this.read = read;
            this.remove = remove;
        }

        @Override
        public int size() {
            return read.size();
        }

        @Override
        public Iterator<T> iterator() {
            Iterator<T> elements = read.iterator();
            return new Iterator<>() {
                private T last;

                @Override
                public boolean hasNext() {
                    return elements.hasNext();
                }

                @Override
                public T next() {
                    last = elements.next();
                    return last;
                }

                @Override
                public void remove() {
                    remove.accept(last);
                }
            };
        }
    }
}
