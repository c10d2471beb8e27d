package dev.kvstore.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.boot.cache.metrics.CacheMetricsRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters of the caches, if the application has Micrometer. Spring Boot binds the caches that are named in advance;
 * those that are made on demand are bound here.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({MeterRegistry.class, CacheMetricsRegistrar.class})
class KvCacheMetricsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KvCacheMeterBinderProvider kvCacheMeterBinderProvider() {
        return new KvCacheMeterBinderProvider();
    }

    @Bean
    @ConditionalOnMissingBean(name = "kvCacheMetrics")
    OnDemand kvCacheMetrics(ObjectProvider<KvCacheManager> manager, ObjectProvider<CacheMetricsRegistrar> registrar) {
        return new OnDemand(manager, registrar);
    }

    /** Binds each new cache by the names that Spring Boot gives to the meters of the bean 'cacheManager'. */
    record OnDemand(ObjectProvider<KvCacheManager> manager, ObjectProvider<CacheMetricsRegistrar> registrar)
            implements SmartInitializingSingleton {

        @Override
        public void afterSingletonsInstantiated() {
            registrar.ifAvailable(binding -> manager.ifAvailable(caches -> caches.onCache(
                    cache -> binding.bindCacheToRegistry(cache, Tag.of("cache.manager", "cacheManager")))));
        }
    }

    /** The binder of one cache. */
    static final class KvCacheMeterBinderProvider implements CacheMeterBinderProvider<KvCache<?>> {

        @Override
        public KvCacheMetrics getMeterBinder(KvCache<?> cache, Iterable<Tag> tags) {
            return new KvCacheMetrics(cache, tags);
        }
    }
}
