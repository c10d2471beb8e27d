package dev.kvstore.jdbc;

import dev.kvstore.KvRange;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries of a map view, read page by page. */
final class MapEntries<V> extends AbstractSet<Map.Entry<String, V>> {

    private final MapView<V> map;

    MapEntries(MapView<V> map) {
        this.map = map;
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public boolean contains(@Nullable Object other) {
        return other instanceof Map.Entry<?, ?> entry
                && MapEntry.areEqual(map.get(entry.getKey()), Objects.requireNonNull(entry.getValue()));
    }

    @Override
    public boolean remove(@Nullable Object other) {
        return other instanceof Map.Entry<?, ?> entry && map.remove(entry.getKey(), entry.getValue());
    }

    @Override
    public boolean removeIf(Predicate<? super Map.Entry<String, V>> filter) {
        return removeEach(map, filter);
    }

    /** Removes the entries that a filter takes and nobody has changed since. */
    static <V> boolean removeEach(MapView<V> map, Predicate<? super MapEntry<V>> filter) {
        Objects.requireNonNull(filter, "filter");
        boolean removed = false;
        for (Iterator<MapEntry<V>> entries = read(map); entries.hasNext(); ) {
            MapEntry<V> entry = entries.next();
            removed |= filter.test(entry) && entry.remove();
        }
        return removed;
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public Iterator<Map.Entry<String, V>> iterator() {
        return new Removing<>(read(map), entry -> entry, MapEntry::remove);
    }

    static <V> Iterator<MapEntry<V>> read(MapView<V> map) {
        return map.group()
                .entries(KvRange.all())
                .map(read -> new MapEntry<>(map.group(), read))
                .iterator();
    }

    /** Without a size, which may change. */
    @Override
    public Spliterator<Map.Entry<String, V>> spliterator() {
        return Spliterators.spliteratorUnknownSize(
                iterator(), Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    /** Names the group; no entry is read, and no value appears in a log. */
    @Override
    public String toString() {
        return "entries of the " + map;
    }
}
