package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for the health of the
 * store, if the application has Spring Boot's health. A bean 'kvStoreHealthContributor' replaces it, and a property
 * turns it off:
 *
 * <pre>{@code
 * String property = "management.health.kvstore.enabled=false";
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(after = KvStoreAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(KvStore.class)
public final class KvStoreHealthAutoConfiguration {

    KvStoreHealthAutoConfiguration() {}

    // Nested, since Spring creates all conditions of a class before it asks the first.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnEnabledHealthIndicator("kvstore")
    @EnableConfigurationProperties(KvStoreHealthProperties.class)
    @Import(KvStoreWatchConfiguration.class)
    static class OfStores {

        @Bean
        @ConditionalOnMissingBean(name = "kvStoreHealthContributor")
        KvStoreHealth kvStoreHealthContributor(
                Map<String, KvStore> stores, KvStoreWatch watch, KvStoreHealthProperties properties) {
            return new KvStoreHealth(stores, watch, properties.diskSpaceThreshold());
        }
    }
}
