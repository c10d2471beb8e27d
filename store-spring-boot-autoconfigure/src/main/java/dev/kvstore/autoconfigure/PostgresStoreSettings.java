package dev.kvstore.autoconfigure;

import dev.kvstore.postgresql.PostgresKvStore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/** Settings of a store in PostgreSQL, from its properties. The error for an invalid value names the property. */
final class PostgresStoreSettings {

    private final KvStoreProperties properties;
    private final KvStoreSettings common;
    private final Environment environment;

    PostgresStoreSettings(KvStoreProperties properties, Environment environment) {
        this.properties = properties;
        this.common = new KvStoreSettings(properties);
        this.environment = environment;
    }

    /** The builder, ready to open the store, after a check of all properties, including those of the purge. */
    PostgresKvStore.Builder store() {
        common.purgeInterval();
        refuseSettingsOfFiles();
        PostgresKvStore.Builder store = PostgresKvStore.builder().settingNames(PostgresStoreSettings::property);
        applyUrl(PostgresLocation.URL, properties.url(), store::url);
        if (properties.username() != null) {
            store.username(properties.username());
        }
        if (properties.password() != null) {
            store.password(properties.password());
        }
        KvStoreProperties.Postgresql postgresql = properties.postgresql();
        KvStoreSettings.apply("postgresql.schema", postgresql.schema(), store::schema);
        KvStoreSettings.apply("postgresql.pool-size", postgresql.poolSize(), store::poolSize);
        store.migrate(postgresql.migrate());
        if (postgresql.migrationUrl() != null) {
            applyUrl("kvstore.postgresql.migration-url", postgresql.migrationUrl(), store::migrationUrl);
        }
        store.durability(properties.durability());
        store.readOnly(properties.readOnly());
        KvStoreSettings.apply("busy-timeout", properties.busyTimeout(), store::busyTimeout);
        KvStoreSettings.apply("max-key-size", properties.maxKeySize(), store::maxKeySize);
        KvStoreSettings.apply("max-value-size", properties.maxValueSize(), store::maxValueSize);
        store.templates(common.templates());
        return store;
    }

    boolean usesJsonMapperOfHost() {
        return common.usesJsonMapperOfHost();
    }

    private void refuseSettingsOfFiles() {
        String path = environment.getProperty("kvstore.path");
        if (path != null) {
            throw refused("path", path, "'kvstore.url' is set, too: remove one of the two.");
        }
        if (properties.readers() != null) {
            throw refused(
                    "readers",
                    properties.readers(),
                    "It is for files; with 'kvstore.url' set 'kvstore.postgresql.pool-size'.");
        }
        if (properties.nearCache().enabled()) {
            throw refused(
                    "near-cache.enabled",
                    true,
                    "A near cache needs a file that no other process opens; remove it or" + " 'kvstore.url'.");
        }
    }

    private static InvalidConfigurationPropertyValueException refused(String property, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException("kvstore." + property, value, reason);
    }

    private static void applyUrl(String property, @Nullable String url, Consumer<String> setting) {
        try {
            setting.accept(url == null ? "" : url);
        } catch (IllegalArgumentException e) {
            throw PostgresLocation.refused(
                    "the property '" + property + "' is not the URL of a PostgreSQL database",
                    "Set it to a URL such as jdbc:postgresql://host:5432/database.");
        }
    }

    private static String property(String setting) {
        return switch (setting) {
            case "schema", "poolSize", "migrate", "migrationUrl" -> KvStoreSettings.property("postgresql." + setting);
            default -> KvStoreSettings.property(setting);
        };
    }
}
