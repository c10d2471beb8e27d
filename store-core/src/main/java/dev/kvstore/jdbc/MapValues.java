package dev.kvstore.jdbc;

import dev.kvstore.KvRange;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;

/** The values of a map view, read page by page. */
final class MapValues<V> extends AbstractCollection<V> {

    private final MapView<V> map;

    MapValues(MapView<V> map) {
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
    public boolean contains(Object value) {
        Objects.requireNonNull(value, "value");
        return map.group().entries(KvRange.all()).anyMatch(entry -> MapEntry.areEqual(value, entry.value()));
    }

    /** Removes one entry that has the value. */
    @Override
    public boolean remove(Object value) {
        Objects.requireNonNull(value, "value");
        for (Iterator<MapEntry<V>> entries = MapEntries.read(map); entries.hasNext(); ) {
            MapEntry<V> entry = entries.next();
            if (MapEntry.areEqual(value, entry.getValue()) && entry.remove()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean removeIf(Predicate<? super V> filter) {
        Objects.requireNonNull(filter, "filter");
        return MapEntries.removeEach(map, entry -> filter.test(entry.getValue()));
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public Iterator<V> iterator() {
        return new Removing<>(MapEntries.read(map), Map.Entry::getValue, MapEntry::remove);
    }

    /** Without a size, which may change. */
    @Override
    public Spliterator<V> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    /** Names the group; no entry is read, and no value appears in a log. */
    @Override
    public String toString() {
        return "values of the " + map;
    }
}
