package dev.kvstore.autoconfigure;

import dev.kvstore.KvStore;
import dev.kvstore.postgresql.PostgresKvStore;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ProxyType;
import org.springframework.context.annotation.Proxyable;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.StringUtils;
import org.thymeleaf.TemplateEngine;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for a {@link KvStore} in a
 * PostgreSQL database, if the application has the dependency {@code store-postgresql} and the property
 * {@code kvstore.url}. The application injects the same type as for a file:
 *
 * <pre>{@code
 * @Component
 * class Visits {
 *
 *     private final KvStore kv;
 *
 *     Visits(KvStore kv) {
 *         this.kv = kv;
 *     }
 * }
 * }</pre>
 *
 * <p>The store opens connections of its own. No bean is a data source, and the host's is not used.
 *
 * @since 0.1
 */
@AutoConfiguration(before = KvStoreAutoConfiguration.class)
@ConditionalOnClass({JdbcTemplate.class, PostgresKvStore.class, Flyway.class, TemplateEngine.class})
@ConditionalOnBooleanProperty(name = "kvstore.enabled", matchIfMissing = true)
@ConditionalOnProperty("kvstore.url")
@EnableConfigurationProperties(KvStoreProperties.class)
public final class KvStorePostgresAutoConfiguration {

    private final PostgresStoreSettings settings;
    private final Environment environment;
    private final ObjectProvider<InstantSource> clock;
    private final ObjectProvider<PostgresKvStoreBuilderCustomizer> customizers;

    KvStorePostgresAutoConfiguration(
            KvStoreProperties properties,
            Environment environment,
            @KvStoreClock ObjectProvider<InstantSource> clock,
            ObjectProvider<PostgresKvStoreBuilderCustomizer> customizers) {
        this.settings = new PostgresStoreSettings(properties, environment);
        this.environment = environment;
        this.clock = clock;
        this.customizers = customizers;
    }

    /** The store, opened and migrated. A host that advises every bean gets an interface proxy: the class is final. */
    @Bean
    @ConditionalOnMissingBean(value = KvStore.class, name = "kvStore")
    @Proxyable(ProxyType.INTERFACES)
    PostgresKvStore kvStore(ListableBeanFactory beans) {
        return open(beans);
    }

    /** The same store for a host whose bean 'kvStore' has another type. */
    @Bean
    @ConditionalOnMissingBean(KvStore.class)
    @Proxyable(ProxyType.INTERFACES)
    PostgresKvStore postgresKvStore(ListableBeanFactory beans) {
        return open(beans);
    }

    private PostgresKvStore open(ListableBeanFactory beans) {
        RenamedProperties.refuseIn(environment);
        PostgresKvStore.Builder builder = settings.store();
        clock.ifAvailable(builder::clock);
        String applicationName = environment.getProperty("spring.application.name");
        if (StringUtils.hasText(applicationName)) {
            builder.applicationName(applicationName);
        }
        if (settings.usesJsonMapperOfHost()) {
            builder.jsonMapper(JsonMapperOfHost.in(beans, getClass().getClassLoader()));
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }
}
