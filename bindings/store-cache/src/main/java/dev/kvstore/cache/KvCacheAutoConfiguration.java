package dev.kvstore.cache;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizers;
import org.springframework.boot.cache.autoconfigure.CacheProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for a {@link CacheManager}
 * whose caches are in the {@link KvStore}. It needs {@code @EnableCaching}, and yields to a cache manager of the
 * application and to the property {@code spring.cache.type}.
 *
 * <pre>{@code
 * @Service
 * class Books {
 *
 *     @Cacheable("books")
 *     public Book find(String isbn) {
 *         return new Book(isbn); // slow
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(before = CacheAutoConfiguration.class, after = KvStoreAutoConfiguration.class)
@ConditionalOnClass({CacheManager.class, CacheAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "kvstore.caches.enabled", matchIfMissing = true)
@Conditional(OnCacheTypeUnset.class)
@ConditionalOnBean({KvStore.class, CacheAspectSupport.class})
@ConditionalOnMissingBean(
        value = CacheManager.class,
        name = {"cacheManager", "cacheResolver"})
@EnableConfigurationProperties({CacheProperties.class, KvCacheManagerProperties.class})
@Import(KvCacheMetricsConfiguration.class)
public final class KvCacheAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(KvCacheAutoConfiguration.class);

    private final KvCacheManagerProperties properties;

    KvCacheAutoConfiguration(KvCacheManagerProperties properties) {
        this.properties = properties;
    }

    /** The manager, whose class is not final so that a host can inject it lazily or advise it. */
    @Bean
    @ConditionalOnMissingBean(CacheManager.class)
    KvCacheManager cacheManager(
            KvStore store,
            CacheProperties names,
            Environment environment,
            ConfigurableBeanFactory beans,
            ObjectProvider<CacheManagerCustomizers> customizers,
            ObjectProvider<CacheManagerCustomizer<?>> customizersOfHost) {
        ClassLoader classLoader = beans.getBeanClassLoader();
        KvCacheManager.Builder builder = KvCacheManager.builder(store);
        if (classLoader != null) {
            builder.classLoader(classLoader);
        }
        configure(builder, beans);
        CachesByName.in(environment)
                .configure(builder, classLoader == null ? getClass().getClassLoader() : classLoader);
        builder.caches(names.getCacheNames());
        KvCacheManager manager = builder.build();
        manager.setTransactionAware(properties.transactionAware());
        log.info("The caches are in the store, in groups that begin with '{}'", properties.prefix());
        return customizers
                .getIfAvailable(() -> new CacheManagerCustomizers(
                        customizersOfHost.orderedStream().toList()))
                .customize(manager);
    }

    private void configure(KvCacheManager.Builder builder, ConfigurableBeanFactory beans) {
        check(
                "default-ttl",
                properties.defaultTtl(),
                !properties.defaultTtl().isNegative(),
                "It must not be negative.");
        int maximum = properties.defaultMaxEntries();
        check("default-max-entries", maximum, maximum >= 0, "It must not be negative.");
        check("prefix", properties.prefix(), !properties.prefix().isBlank(), "It must have a visible character.");
        Duration ttl = properties.defaultTtl().isZero() ? null : properties.defaultTtl();
        builder.defaults(KvCacheSettings.of(ttl, maximum == 0 ? null : maximum)
                        .withDurability(properties.defaultDurability()))
                .prefix(properties.prefix());
        if (AutoConfigurationPackages.has(beans)) {
            builder.allowedClasses(AutoConfigurationPackages.get(beans).stream()
                    .map(name -> name + ".**")
                    .toList());
        }
        try {
            builder.allowedClasses(properties.allowedClasses());
        } catch (IllegalArgumentException e) {
            check("allowed-classes", properties.allowedClasses(), false, "It is not a pattern: " + e.getMessage());
        }
    }

    private static void check(String property, Object value, boolean valid, String reason) {
        if (!valid) {
            throw new InvalidConfigurationPropertyValueException("kvstore.cache-manager." + property, value, reason);
        }
    }
}
