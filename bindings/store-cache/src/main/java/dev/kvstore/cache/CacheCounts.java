package dev.kvstore.cache;

import java.util.concurrent.atomic.LongAdder;

/** What happened in a cache since the application started. */
record CacheCounts(LongAdder hits, LongAdder misses, LongAdder puts, LongAdder evictions) {

    CacheCounts() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
