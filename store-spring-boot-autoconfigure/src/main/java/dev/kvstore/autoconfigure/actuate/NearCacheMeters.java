package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;

/** The near cache among the caches of the application, as {@code cache.*} with the tag {@code cache=kvstore}. */
final class NearCacheMeters extends CacheMeterBinder<KvStatus> {

    private static final KvStatus.NearCache NONE = new KvStatus.NearCache(0, 0, 0, 0);

    private final KvStatus status;

    NearCacheMeters(KvStatus status) {
        super(status, "kvstore", Tags.of("cache.manager", "kvstore"));
        this.status = status;
    }

    private KvStatus.NearCache numbers() {
        return status.nearCache().orElse(NONE);
    }

    @Override
    protected Long size() {
        return numbers().size();
    }

    @Override
    protected long hitCount() {
        return numbers().hits();
    }

    @Override
    protected Long missCount() {
        return numbers().misses();
    }

    @Override
    protected Long evictionCount() {
        return numbers().evictions();
    }

    /** Each miss puts what was read, except for an entry that changes at that moment. */
    @Override
    protected long putCount() {
        return numbers().misses();
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        // All numbers have a meter above.
    }
}
