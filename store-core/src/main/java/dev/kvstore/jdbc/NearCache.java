package dev.kvstore.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kvstore.engine.StoredEntry;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Entries of the database kept in memory, absent ones too. Exact as long as only the store that has this cache changes
 * the database: a get never returns what the database did not hold at some moment of the call. Thread-safe; no lock is
 * held while the database is asked.
 *
 * <p>Before a write starts, the entries it may change are made unusable; until it ends, successfully or not, nothing is
 * kept of them and reads ask the database:
 *
 * <ul>
 *   <li>A write of one entry evicts that entry. A load beside it may still hold the old value, and keeps it only if no
 *       write of the entry has begun since before the load. That is checked under the lock of the entry's place in the
 *       map, which the eviction takes too: either the load sees the write, or the eviction sees what was kept.
 *   <li>A write of a whole group or a purge does not visit entries: it moves a mark ({@link Invalidations}), and an entry
 *       that was loaded before the mark is not used. A later load replaces it, or it is evicted for want of use.
 * </ul>
 */
public final class NearCache {

    private final Cache<EntryName, Kept> entries;
    private final Invalidations invalidations = new Invalidations();
    // Different names may share a counter: then something is not kept although it could be, and the next get loads it.
    private final ChangeCounts entryChanges = new ChangeCounts(1024);
    private final ChangeCounts groupChanges = new ChangeCounts(64);
    private final ChangeCounts purges = new ChangeCounts(1);

    /**
     * An entry in the map.
     *
     * @param loadedAt the moment of {@link Invalidations} before the load began
     */
    record Kept(StoredEntry stored, long loadedAt) {}

    /** A cache whose entries take about the given size in memory; those that are asked for often stay. */
    public NearCache(DataSize maxSize) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxSize.toBytes())
                .weigher((EntryName name, Kept kept) -> HeapSize.of(name, kept))
                .executor(Runnable::run)
                .build();
    }

    Optional<String> get(String group, String key, long now, Supplier<StoredEntry> load) {
        EntryName name = new EntryName(group, key);
        Kept kept = entries.getIfPresent(name);
        return (kept != null && isCurrent(name, kept) ? kept.stored() : load(name, load)).at(now);
    }

    private boolean isCurrent(EntryName name, Kept kept) {
        return !invalidations.cover(name.group(), kept.stored().expiresAt(), kept.loadedAt());
    }

    private StoredEntry load(EntryName name, Supplier<StoredEntry> load) {
        // The moment first: a write whose mark is not later than it is then seen to be under way, or has ended.
        long loadedAt = invalidations.now();
        long changesBefore = entryChanges.idleSince(name.hashCode());
        boolean groupIsIdle = groupChanges.idleSince(name.group().hashCode()) != ChangeCounts.UNDER_WAY;
        boolean noPurge = purges.idleSince(0) != ChangeCounts.UNDER_WAY;

        StoredEntry stored = load.get();
        if (changesBefore != ChangeCounts.UNDER_WAY
                && groupIsIdle
                && (noPurge || stored.expiresAt() == StoredEntry.NEVER)) {
            Kept kept = new Kept(stored, loadedAt);
            entries.asMap()
                    .compute(name, (same, old) -> entryChanges.noneSince(changesBefore, name.hashCode()) ? kept : old);
        }
        return stored;
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

    /** Runs a purge of what has expired at a time, or earlier. */
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
