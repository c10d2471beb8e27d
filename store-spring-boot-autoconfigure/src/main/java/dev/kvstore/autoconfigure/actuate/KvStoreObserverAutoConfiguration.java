package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvObserver;
import dev.kvstore.autoconfigure.KvStoreBuilderCustomizer;
import dev.kvstore.autoconfigure.PostgresKvStoreBuilderCustomizer;
import dev.kvstore.postgresql.PostgresKvStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} that lets all beans of type
 * {@link KvObserver} observe the auto-configured store, those of the application too:
 *
 * <pre>{@code
 * @Bean
 * KvObserver commits() {
 *     return new KvObserver() {
 *
 *         @Override
 *         public void committed(int writes, long nanos) {
 *             System.out.println(writes + " writes were committed together");
 *         }
 *     };
 * }
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = {
            KvStoreHealthAutoConfiguration.class,
            KvStoreMetricsAutoConfiguration.class,
            KvStoreObservationAutoConfiguration.class,
            KvStoreEndpointAutoConfiguration.class
        })
@ConditionalOnBean(KvObserver.class)
public final class KvStoreObserverAutoConfiguration {

    KvStoreObserverAutoConfiguration() {}

    // First, so that a customizer of the application can replace the observer.
    @Bean
    @ConditionalOnMissingBean(name = "kvStoreObserverCustomizer")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    KvStoreBuilderCustomizer kvStoreObserverCustomizer(ObjectProvider<KvObserver> observers) {
        return builder ->
                builder.observer(new ObserverChain(observers.orderedStream().toList()));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PostgresKvStore.class)
    static class OfPostgres {

        @Bean
        @ConditionalOnMissingBean(name = "postgresKvStoreObserverCustomizer")
        @Order(Ordered.HIGHEST_PRECEDENCE)
        PostgresKvStoreBuilderCustomizer postgresKvStoreObserverCustomizer(ObjectProvider<KvObserver> observers) {
            return builder ->
                    builder.observer(new ObserverChain(observers.orderedStream().toList()));
        }
    }
}
