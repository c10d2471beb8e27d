package dev.kvstore.cache;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entries with an index of the order in which they were written. Each write changes entry and index in one batch, so
 * that no entry is ever missing from the index. The opposite is harmless: what the index has too much is removed when
 * it is the oldest.
 *
 * <p>No write waits for another or is tried again: if two write one key at once, the index keeps a second, older
 * position of it, which belongs to no entry any more.
 */
final class BoundedEntries<S> implements CacheEntries<S> {

    private final KvStore store;
    private final KvGroup<S> group;
    private final Expiry expiry;
    private final WriteOrder order;
    private final EntryBound bound;

    BoundedEntries(KvStore store, KvGroup<S> group, Expiry expiry, WriteOrder order, EntryBound bound) {
        this.store = store;
        this.group = group;
        this.expiry = expiry;
        this.order = order;
        this.bound = bound;
    }

    @Override
    public void put(String key, S value) {
        Optional<String> old = order.positionOf(key);
        KvBatch batch = store.batch().set(group, key, value, expiry);
        old.ifPresent(position -> order.remove(batch, position));
        order.add(batch, key, expiry);
        if (old.isPresent()) {
            batch.commit();
        } else {
            bound.commitAdding(batch);
        }
    }

    @Override
    public @Nullable S putIfAbsent(String key, S value) {
        // An entry may end between the check and the read: then the check holds the next time.
        while (true) {
            Optional<S> present = group.get(key);
            if (present.isPresent()) {
                return present.get();
            }
            Optional<String> stale = order.positionOf(key);
            KvBatch batch = store.batch().check(group, key, 0).set(group, key, value, expiry);
            stale.ifPresent(position -> order.remove(batch, position));
            order.add(batch, key, expiry);
            if (bound.commitAdding(batch)) {
                return null;
            }
        }
    }

    @Override
    public @Nullable S addLoaded(String key, S value) {
        return putIfAbsent(key, value);
    }

    @Override
    public void completeLoad(String key, S value) {
        if (order.positionOf(key).isEmpty()) {
            put(key, value);
        }
    }

    @Override
    public boolean delete(String key) {
        // Its position before the entry: one that is written in between has another, which must stay.
        Optional<KvEntry<String>> position = order.entryOf(key);
        boolean deleted = group.delete(key);
        position.ifPresent(entry -> order.forget(key, entry));
        return deleted;
    }

    @Override
    public long clear() {
        Optional<String> newest = order.newest();
        long cleared = group.clear();
        newest.ifPresent(order::clearUpTo);
        bound.recount();
        return cleared;
    }
}
