package dev.kvstore.cache;

import dev.kvstore.Durability;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of one cache, below {@code kvstore.caches.<name>}. A cache with properties of its own does
 * not inherit the default ttl and the default maximum of entries.
 *
 * <pre>{@code
 * kvstore.caches.books.ttl=1h
 * kvstore.caches.books.max-entries=10000
 * kvstore.caches.books.type=com.example.Book
 * }</pre>
 *
 * @param ttl Time that an entry lives after it was written; without it, and without an end, 'max-entries' is needed.
 * @param maxEntries Number of entries beyond which the oldest written are evicted.
 * @param type Class of the values, which are then stored as JSON instead of by Java's serialization.
 * @param durability Durability: with 'normal' a power cut may undo the last writes.
 * @since 0.1
 */
public record KvCacheProperties(
        @Nullable Duration ttl,
        @Nullable Integer maxEntries,
        @Nullable String type,
        @DefaultValue("normal") Durability durability) {}
