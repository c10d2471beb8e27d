package dev.kvstore.jdbc;

import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.RemovalListener;
import dev.kvstore.KvStatus;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a near cache does. Caffeine's own statistics would count a hit for an entry that a later write has
 * invalidated.
 */
final class CacheCounts implements RemovalListener<EntryName, NearCache.Cached> {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    void lookedUp(boolean hit) {
        (hit ? hits : misses).increment();
    }

    @Override
    public void onRemoval(@Nullable EntryName name, NearCache.@Nullable Cached cached, RemovalCause cause) {
        evictions.increment();
    }

    KvStatus.NearCache numbers(long size) {
        return new KvStatus.NearCache(size, hits.sum(), misses.sum(), evictions.sum());
    }
}
