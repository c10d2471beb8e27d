package dev.kvstore.cache;

import dev.kvstore.Durability;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of all caches of Spring in the store. Those of one cache are {@link KvCacheProperties}.
 *
 * <pre>{@code
 * kvstore.cache-manager.default-ttl=10m
 * kvstore.cache-manager.allowed-classes=org.springframework.data.domain.*
 * }</pre>
 *
 * @param defaultTtl Time that an entry lives in a cache without settings of its own; 0 for no end.
 * @param defaultMaxEntries Maximum number of entries of such a cache; 0 for no bound.
 * @param defaultDurability Durability of such a cache: with 'normal' a power cut may undo the last writes.
 * @param prefix Prefix of the groups of the caches.
 * @param transactionAware Whether puts, evictions and clears wait for the commit of a transaction that is under way.
 * @param allowedClasses Classes, or patterns such as 'com.example.**', that serialized values may contain, beside
 *     those of the JDK and of the application's packages.
 * @since 0.1
 */
@ConfigurationProperties("kvstore.cache-manager")
public record KvCacheManagerProperties(
        @DefaultValue("1h") Duration defaultTtl,
        @DefaultValue("10000") int defaultMaxEntries,
        @DefaultValue("normal") Durability defaultDurability,
        @DefaultValue("cache:") String prefix,
        @DefaultValue("false") boolean transactionAware,
        @DefaultValue List<String> allowedClasses) {}
