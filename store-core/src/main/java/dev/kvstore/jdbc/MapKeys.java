package dev.kvstore.jdbc;

import dev.kvstore.KvRange;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;

/** The keys of a map view, read page by page without the values. */
final class MapKeys extends AbstractSet<String> {

    private final MapView<?> map;

    MapKeys(MapView<?> map) {
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
    public boolean contains(Object key) {
        return map.containsKey(key);
    }

    @Override
    public boolean remove(Object key) {
        return map.key(key).filter(map.group()::delete).isPresent();
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public Iterator<String> iterator() {
        return new Removing<>(map.group().keys(KvRange.all()).iterator(), key -> key, map.group()::delete);
    }

    /** Without a size, which may change. */
    @Override
    public Spliterator<String> spliterator() {
        return Spliterators.spliteratorUnknownSize(
                iterator(), Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    /** Names the group; no entry is read. */
    @Override
    public String toString() {
        return "keys of the " + map;
    }
}
