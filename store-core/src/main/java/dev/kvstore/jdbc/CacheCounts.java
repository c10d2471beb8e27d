package dev.kvstore.jdbc;

import dev.kvstore.KvStatus;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a near cache does. Caffeine's own statistics would count a hit for an entry that a later write has
 * invalidated.
 */
final class CacheCounts {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    void lookedUp(boolean hit) {
        (hit ? hits : misses).increment();
    }

    void evicted() {
        evictions.increment();
    }

    KvStatus.NearCache numbers(long size) {
        return new KvStatus.NearCache(size, hits.sum(), misses.sum(), evictions.sum());
    }
}
