package dev.kvstore.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kvstore.KvStatus;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.StoredEntry;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Caches entries of the database in memory, including absent ones. Exact if only the store with this cache changes the
 * database: {@code get} returns only what the database contained at some moment of the call. Thread-safe; no lock is
 * held during a query.
 *
 * <p>Before a write starts, the entries it may change are invalidated; until it ends, successfully or not, reads of
 * them bypass the cache:
 *
 * <ul>
 *   <li>A write of one entry evicts that entry. A concurrent load may still have the old value, and caches it only if
 *       no write of the entry has begun since before the load. It checks this under the lock of the entry's bin in the
 *       map, which the eviction takes too: either the load detects the write, or the eviction removes the cached value.
 *   <li>A write of a whole group or a purge does not visit entries: it moves a mark ({@link Invalidations}), and
 *       entries loaded before the mark are not used. A later load replaces them, or the cache evicts them as unused.
 * </ul>
 */
public final class NearCache {

    private final Cache<EntryName, Cached> entries;
    private final @Nullable CacheCounts counts;
    private final Invalidations invalidations = new Invalidations();
    // If names share a counter, an entry may stay uncached although it could be cached; the next get loads it.
    private final ChangeCounts entryChanges = new ChangeCounts(1024);
    private final ChangeCounts groupChanges = new ChangeCounts(64);
    private final ChangeCounts purges = new ChangeCounts(1);

    /**
     * A cached entry.
     *
     * @param loadedAt the moment of {@link Invalidations} before the load began
     */
    record Cached(StoredEntry stored, long loadedAt) {}

    /** Creates a cache whose entries take about this much memory; entries that are often read stay. */
    public NearCache(DataSize maxSize) {
        this(maxSize, false);
    }

    /**
     * Creates a cache whose entries take about this much memory; entries that are often read stay.
     *
     * @param counts whether to count hits, misses and evictions
     */
    public NearCache(DataSize maxSize, boolean counts) {
        CacheCounts counted = counts ? new CacheCounts() : null;
        this.counts = counted;
        Caffeine<EntryName, Cached> builder = Caffeine.newBuilder()
                .maximumWeight(maxSize.toBytes())
                .weigher((EntryName name, Cached cached) -> HeapSize.of(name, cached))
                .executor(Runnable::run);
        if (counted != null) {
            builder.evictionListener((name, cached, cause) -> counted.evicted());
        }
        this.entries = builder.build();
    }

    /** Returns the numbers since the cache was created. */
    KvStatus.NearCache numbers() {
        long size = entries.estimatedSize();
        return counts == null ? new KvStatus.NearCache(size, 0, 0, 0) : counts.numbers(size);
    }

    StoredEntry get(String group, String key, long now, Supplier<StoredEntry> load) {
        EntryName name = new EntryName(group, key);
        Cached cached = entries.getIfPresent(name);
        boolean hit = cached != null && isCurrent(name, cached);
        if (counts != null) {
            counts.lookedUp(hit);
        }
        return (cached != null && hit ? cached.stored() : load(name, load)).at(now);
    }

    private boolean isCurrent(EntryName name, Cached cached) {
        return !invalidations.cover(name.group(), cached.stored().expiresAt(), cached.loadedAt());
    }

    private StoredEntry load(EntryName name, Supplier<StoredEntry> load) {
        // Read the moment first: a write whose mark is not later is then either detected as under way, or has ended.
        long loadedAt = invalidations.moment();
        long changesBefore = entryChanges.idleSince(name.hashCode());
        boolean groupIsIdle = groupChanges.idleSince(name.group().hashCode()) != ChangeCounts.UNDER_WAY;
        boolean noPurge = purges.idleSince(0) != ChangeCounts.UNDER_WAY;

        StoredEntry stored = load.get();
        if (changesBefore != ChangeCounts.UNDER_WAY
                && groupIsIdle
                && (noPurge || stored.expiresAt() == StoredEntry.NEVER)) {
            Cached cached = new Cached(stored, loadedAt);
            entries.asMap()
                    .compute(
                            name, (same, old) -> entryChanges.noneSince(changesBefore, name.hashCode()) ? cached : old);
        }
        return stored;
    }

    /** Runs a write of what a change names. */
    <T extends @Nullable Object> T change(Change<T> change, Supplier<T> write) {
        if (change instanceof Change.OfEntry<?> one) {
            return change(one.group(), one.key(), write);
        }
        if (change instanceof Change.AllOrNothing several) {
            return changeEach(several.changes(), write);
        }
        if (change instanceof Change.DeleteGroup group) {
            return changeGroup(group.group(), write);
        }
        if (change instanceof Change.DeleteRange range) {
            return changeGroup(range.group(), write);
        }
        return write.get();
    }

    private <T extends @Nullable Object> T changeEach(List<? extends Change.OfEntry<?>> changes, Supplier<T> write) {
        List<EntryName> names = changes.stream()
                .map(change -> new EntryName(change.group(), change.key()))
                .toList();
        names.forEach(name -> entryChanges.begin(name.hashCode()));
        try {
            names.forEach(entries::invalidate);
            return write.get();
        } finally {
            names.forEach(name -> entryChanges.end(name.hashCode()));
        }
    }

    /** Runs a write of one entry. */
    <T extends @Nullable Object> T change(String group, String key, Supplier<T> write) {
        EntryName name = new EntryName(group, key);
        entryChanges.begin(name.hashCode());
        try {
            entries.invalidate(name);
            return write.get();
        } finally {
            entryChanges.end(name.hashCode());
        }
    }

    /** Runs a write of the entries of a group. */
    <T extends @Nullable Object> T changeGroup(String group, Supplier<T> write) {
        groupChanges.begin(group.hashCode());
        try {
            invalidations.markGroup(group);
            return write.get();
        } finally {
            groupChanges.end(group.hashCode());
        }
    }

    /** Runs a purge of the entries that expire at a time or earlier. */
    <T extends @Nullable Object> T purge(long now, Supplier<T> purge) {
        purges.begin(0);
        try {
            invalidations.markExpired(now);
            return purge.get();
        } finally {
            purges.end(0);
        }
    }
}
