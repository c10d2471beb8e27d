package dev.kvstore.autoconfigure.actuate;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for an observation of each
 * operation of the store. Off by default, since an observation takes about as long as a read. A property turns it on:
 *
 * <pre>{@code
 * String property = "kvstore.observations.enabled=true";
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty("kvstore.observations.enabled")
@ConditionalOnBooleanProperty(name = "kvstore.enabled", matchIfMissing = true)
public final class KvStoreObservationAutoConfiguration {

    KvStoreObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    KvStoreObservations kvStoreObservations(ObservationRegistry registry) {
        return new KvStoreObservations(registry);
    }
}
