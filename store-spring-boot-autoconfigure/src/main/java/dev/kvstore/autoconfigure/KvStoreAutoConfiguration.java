package dev.kvstore.autoconfigure;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.ProxyType;
import org.springframework.context.annotation.Proxyable;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.StringUtils;
import org.sqlite.SQLiteDataSource;
import org.thymeleaf.TemplateEngine;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for a {@link KvStore} in
 * one SQLite file, and for its purge. The application injects the store:
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
 *
 *     void visit(String user) {
 *         kv.set("visits", user, Instant.now().toString(), Duration.ofDays(30));
 *     }
 * }
 * }</pre>
 *
 * <p>With the property {@code kvstore.url} and the dependency {@code store-postgresql}, the store is in a PostgreSQL
 * database instead: see {@link KvStorePostgresAutoConfiguration}.
 *
 * <p>No bean has a type that the host application may expect to be its own, such as a data source, transaction manager
 * or scheduler.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnClass({JdbcTemplate.class, SQLiteDataSource.class, Flyway.class, TemplateEngine.class})
@ConditionalOnBooleanProperty(name = "kvstore.enabled", matchIfMissing = true)
@EnableConfigurationProperties(KvStoreProperties.class)
@ImportRuntimeHints(KvStoreRuntimeHints.class)
public final class KvStoreAutoConfiguration {

    private final KvStoreSettings settings;
    private final Environment environment;
    private final ObjectProvider<InstantSource> clock;
    private final ObjectProvider<KvStoreBuilderCustomizer> customizers;

    KvStoreAutoConfiguration(
            KvStoreProperties properties,
            Environment environment,
            @KvStoreClock ObjectProvider<InstantSource> clock,
            ObjectProvider<KvStoreBuilderCustomizer> customizers) {
        this.settings = new KvStoreSettings(properties);
        this.environment = environment;
        this.clock = clock;
        this.customizers = customizers;
    }

    /** The store, opened and migrated. A host that advises every bean gets an interface proxy: the class is final. */
    @Bean
    @ConditionalOnMissingBean(value = KvStore.class, name = "kvStore")
    @Proxyable(ProxyType.INTERFACES)
    SqliteKvStore kvStore(ListableBeanFactory beans) {
        return open(beans);
    }

    /** The same store for a host whose bean 'kvStore' has another type. */
    @Bean
    @ConditionalOnMissingBean(KvStore.class)
    @Proxyable(ProxyType.INTERFACES)
    SqliteKvStore sqliteKvStore(ListableBeanFactory beans) {
        return open(beans);
    }

    private SqliteKvStore open(ListableBeanFactory beans) {
        RenamedProperties.refuseIn(environment);
        PostgresLocation.requireNone(environment);
        SqliteKvStore.Builder builder = settings.store();
        clock.ifAvailable(builder::clock);
        String applicationName = environment.getProperty("spring.application.name");
        if (StringUtils.hasText(applicationName)) {
            builder.applicationName(applicationName);
        }
        UnqualifiedClocks.log(beans, clock);
        if (settings.usesJsonMapperOfHost()) {
            builder.jsonMapper(JsonMapperOfHost.in(beans, getClass().getClassLoader()));
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /**
     * The purge of all stores, including those of the host. A context creates lifecycle beans even with lazy
     * initialization, so that the store is open before the application is ready.
     */
    @Bean
    @ConditionalOnMissingBean(name = "kvStorePurgeScheduling")
    KvStorePurgeScheduling kvStorePurgeScheduling(List<KvStore> stores) {
        return new KvStorePurgeScheduling(stores, settings.purgeInterval());
    }
}
