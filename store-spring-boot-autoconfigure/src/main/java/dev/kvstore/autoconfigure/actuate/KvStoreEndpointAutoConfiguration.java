package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for the endpoint
 * {@code kvstore}, which shows groups and entries, without values, once it is exposed:
 *
 * <pre>{@code
 * String property = "management.endpoints.web.exposure.include=health,kvstore";
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(after = KvStoreAutoConfiguration.class)
@ConditionalOnClass({ConditionalOnAvailableEndpoint.class, Sanitizer.class})
@ConditionalOnSingleCandidate(KvStore.class)
public final class KvStoreEndpointAutoConfiguration {

    KvStoreEndpointAutoConfiguration() {}

    // Nested, since Spring creates all conditions of a class before it asks the first.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(endpoint = KvStoreEndpoint.class)
    @EnableConfigurationProperties(KvStoreEndpointProperties.class)
    @Import(KvStoreWatchConfiguration.class)
    static class Exposed {

        @Bean
        @ConditionalOnMissingBean
        KvStoreEndpoint kvStoreEndpoint(
                KvStore store,
                KvStoreWatch watch,
                ObjectProvider<SanitizingFunction> sanitizing,
                KvStoreEndpointProperties properties) {
            return new KvStoreEndpoint(
                    store,
                    watch,
                    new Sanitizer(sanitizing.orderedStream().toList()),
                    properties.showValues(),
                    properties.hiddenGroups());
        }

        @Bean
        @ConditionalOnMissingBean
        KvStoreEndpointWebExtension kvStoreEndpointWebExtension(
                KvStoreEndpoint endpoint, KvStoreEndpointProperties properties) {
            return new KvStoreEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
        }
    }
}
