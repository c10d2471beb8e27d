package dev.kvstore.cache;

import dev.kvstore.Durability;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Settings of one cache. A cache needs a time to live, a maximum number of entries or both: unlike a cache in memory,
 * it does not become empty when the application ends.
 *
 * <pre>{@code
 * KvCacheSettings books = KvCacheSettings.of(Duration.ofHours(1), 10_000).withType(Book.class);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param ttl time that an entry lives after it was written; null for no end
 * @param maxEntries number of entries beyond which the oldest written are evicted; null for no bound
 * @param type type of the values, which are stored as JSON; null for Java's serialization
 * @param durability what a write survives
 * @since 0.1
 */
public record KvCacheSettings(
        @Nullable Duration ttl,
        @Nullable Integer maxEntries,
        @Nullable Class<?> type,
        Durability durability) {

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if the ttl or the number of entries is not positive, or durability is null
     */
    public KvCacheSettings {
        Assert.isTrue(ttl == null || (!ttl.isZero() && !ttl.isNegative()), "ttl must be positive");
        Assert.isTrue(maxEntries == null || maxEntries > 0, "maxEntries must be positive");
        Assert.notNull(durability, "durability must not be null");
    }

    /** Settings with a ttl, a maximum of entries, serialized values and {@link Durability#NORMAL}. */
    public static KvCacheSettings of(@Nullable Duration ttl, @Nullable Integer maxEntries) {
        return new KvCacheSettings(ttl, maxEntries, null, Durability.NORMAL);
    }

    /** The same settings, with values of a type that are stored as JSON. */
    public KvCacheSettings withType(Class<?> newType) {
        return new KvCacheSettings(ttl, maxEntries, newType, durability);
    }

    /** The same settings, with another durability. */
    public KvCacheSettings withDurability(Durability newDurability) {
        return new KvCacheSettings(ttl, maxEntries, type, newDurability);
    }

    boolean isUnbounded() {
        return ttl == null && maxEntries == null;
    }
}
