package dev.kvstore.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for the meters of the
 * store, if the application has a {@code MeterRegistry}. A property turns them off:
 *
 * <pre>{@code
 * String property = "kvstore.metrics.enabled=false";
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "kvstore.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "kvstore.metrics.enabled", matchIfMissing = true)
public final class KvStoreMetricsAutoConfiguration {

    KvStoreMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    KvStoreMeters kvStoreMeters(Environment environment) {
        return new KvStoreMeters(!environment.getProperty("kvstore.observations.enabled", Boolean.class, false));
    }
}
