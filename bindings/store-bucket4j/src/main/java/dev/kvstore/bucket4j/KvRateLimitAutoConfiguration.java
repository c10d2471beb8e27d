package dev.kvstore.bucket4j;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for a {@link ProxyManager}
 * of Bucket4j whose buckets are in the {@link KvStore}, and for a servlet filter if properties name limits for it. It
 * yields to a {@code ProxyManager} of the application; the filter always uses the store.
 *
 * <pre>{@code
 * @Component
 * class Downloads {
 *
 *     private final ProxyManager<String> buckets;
 *
 *     Downloads(ProxyManager<String> buckets) {
 *         this.buckets = buckets;
 *     }
 *
 *     boolean mayStart(String user) {
 *         return buckets.getProxy("downloads/" + user, () -> BucketConfiguration.builder()
 *                         .addLimit(limit -> limit.capacity(10).refillGreedy(10, Duration.ofHours(1)))
 *                         .build())
 *                 .tryConsume(1);
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(after = KvStoreAutoConfiguration.class)
@ConditionalOnClass(ProxyManager.class)
@ConditionalOnBooleanProperty(name = "kvstore.rate-limit.enabled", matchIfMissing = true)
@ConditionalOnBean(KvStore.class)
@EnableConfigurationProperties(KvRateLimitProperties.class)
@Import(RateLimitFilterConfiguration.class)
public final class KvRateLimitAutoConfiguration implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(KvRateLimitAutoConfiguration.class);

    private final ListableBeanFactory beans;

    KvRateLimitAutoConfiguration(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** The manager, whose class is not final so that a host can inject it lazily or advise it. */
    @Bean
    @ConditionalOnMissingBean(ProxyManager.class)
    KvProxyManager kvProxyManager(KvStore store, KvRateLimitProperties properties) {
        return manager(store, properties, "buckets");
    }

    /** Logs a manager of the application, whose buckets are not in the store. */
    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanNamesForType(ProxyManager.class, true, false)) {
            if (!name.equals("kvProxyManager")) {
                log.info("Bucket4j's buckets are not in the store: the application has a ProxyManager, '{}'", name);
            }
        }
    }

    static KvProxyManager manager(KvStore store, KvRateLimitProperties properties, String group) {
        String prefix = properties.prefix();
        if (prefix.isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    "kvstore.rate-limit.prefix", prefix, "It must have a visible character, such as 'rate-limit:'.");
        }
        return KvProxyManager.builder(store.group(prefix + group, byte[].class).durability(properties.durability()))
                .build();
    }
}
