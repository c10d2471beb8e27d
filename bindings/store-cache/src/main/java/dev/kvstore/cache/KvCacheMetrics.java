package dev.kvstore.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The meters that every cache has by Micrometer's names. The size is not among them: to count takes long. */
final class KvCacheMetrics extends CacheMeterBinder<KvCache<?>> {

    KvCacheMetrics(KvCache<?> cache, Iterable<Tag> tags) {
        super(cache, cache.getName(), tags);
    }

    @Override
    protected @Nullable Long size() {
        return null;
    }

    @Override
    protected long hitCount() {
        return count(counts -> counts.hits().sum());
    }

    @Override
    protected Long missCount() {
        return count(counts -> counts.misses().sum());
    }

    @Override
    protected Long evictionCount() {
        return count(counts -> counts.evictions().sum());
    }

    @Override
    protected long putCount() {
        return count(counts -> counts.puts().sum());
    }

    // Null only after the cache was collected, which the manager prevents while it is in use.
    private long count(ToLongFunction<CacheCounts> number) {
        KvCache<?> cache = getCache();
        return cache == null ? 0 : number.applyAsLong(cache.counts());
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        // There are none.
    }
}
