package dev.kvstore.cache;

import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The settings of caches by their names, from {@code kvstore.caches.<name>}. They are bound without
 * {@code kvstore.caches.enabled}, which is not a cache: so no cache can be named 'enabled'. A property that does not
 * exist is an error.
 */
record CachesByName(Map<String, KvCacheProperties> properties) {

    private static final String PREFIX = "kvstore.caches";
    private static final ConfigurationPropertyName ENABLED = ConfigurationPropertyName.of(PREFIX + ".enabled");

    static CachesByName in(Environment environment) {
        Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.get(environment);
        Binder binder = new Binder(
                StreamSupport.stream(sources.spliterator(), false)
                        .map(source -> source.filter(name -> !name.equals(ENABLED)))
                        .toList(),
                new PropertySourcesPlaceholdersResolver(environment));
        return new CachesByName(binder.bind(
                        PREFIX,
                        Bindable.mapOf(String.class, KvCacheProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .orElseGet(Map::of));
    }

    void configure(KvCacheManager.Builder manager, ClassLoader classLoader) {
        properties.forEach((name, cache) -> manager.cache(name, settings(name, cache, classLoader)));
    }

    private static KvCacheSettings settings(String name, KvCacheProperties cache, ClassLoader classLoader) {
        if (cache.ttl() != null && (cache.ttl().isNegative() || cache.ttl().isZero())) {
            throw invalid(name, "ttl", cache.ttl(), "It must be longer than 0; without it entries have no end.");
        }
        if (cache.maxEntries() != null && cache.maxEntries() < 1) {
            throw invalid(name, "max-entries", cache.maxEntries(), "It must be at least 1.");
        }
        KvCacheSettings settings = new KvCacheSettings(cache.ttl(), cache.maxEntries(), null, cache.durability());
        return cache.type() == null ? settings : settings.withType(type(name, cache.type(), classLoader));
    }

    private static Class<?> type(String name, String type, ClassLoader classLoader) {
        try {
            return ClassUtils.forName(type, classLoader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw invalid(name, "type", type, "It must be the full name of a class of the application.");
        }
    }

    private static InvalidConfigurationPropertyValueException invalid(
            String cache, String property, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(PREFIX + "." + cache + "." + property, value, reason);
    }
}
