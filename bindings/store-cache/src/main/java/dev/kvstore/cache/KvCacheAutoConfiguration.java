package dev.kvstore.cache;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
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
@ConditionalOnBean({KvStore.class, CacheAspectSupport.class})
@EnableConfigurationProperties({CacheProperties.class, KvCacheManagerProperties.class})
@Import(KvCacheMetricsConfiguration.class)
public final class KvCacheAutoConfiguration implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(KvCacheAutoConfiguration.class);

    private final KvCacheManagerProperties properties;
    private final ListableBeanFactory beans;

    KvCacheAutoConfiguration(KvCacheManagerProperties properties, ListableBeanFactory beans) {
        this.properties = properties;
        this.beans = beans;
    }

    /** The manager, whose class is not final so that a host can inject it lazily or advise it. */
    @Bean
    @Conditional(OnCacheTypeUnset.class)
    @ConditionalOnMissingBean(
            value = CacheManager.class,
            name = {"cacheManager", "cacheResolver"})
    KvCacheManager cacheManager(
            KvStore store,
            CacheProperties names,
            Environment environment,
            ConfigurableBeanFactory factory,
            ObjectProvider<CacheManagerCustomizers> customizers,
            ObjectProvider<CacheManagerCustomizer<?>> customizersOfHost) {
        ClassLoader classLoader = factory.getBeanClassLoader();
        KvCacheManager.Builder builder = KvCacheManager.builder(store);
        if (classLoader != null) {
            builder.classLoader(classLoader);
        }
        configure(builder, factory);
        CachesByName.in(environment)
                .configure(builder, classLoader == null ? getClass().getClassLoader() : classLoader);
        builder.caches(names.getCacheNames());
        KvCacheManager manager = builder.build();
        manager.setTransactionAware(properties.transactionAware());
        return customizers
                .getIfAvailable(() -> new CacheManagerCustomizers(
                        customizersOfHost.orderedStream().toList()))
                .customize(manager);
    }

    /** Logs where the caches are: an application may have another manager without knowing. */
    @Override
    public void afterSingletonsInstantiated() {
        if (beans.getBeanNamesForType(KvCacheManager.class, true, false).length > 0) {
            log.info("The caches are in the store, in groups that begin with '{}'", properties.prefix());
        } else {
            log.info("The caches are not in the store: the application has a cache manager or resolver of its own, or"
                    + " has set 'spring.cache.type'");
        }
    }

    private void configure(KvCacheManager.Builder builder, ConfigurableBeanFactory factory) {
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
        if (AutoConfigurationPackages.has(factory)) {
            builder.allowedClasses(AutoConfigurationPackages.get(factory).stream()
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
