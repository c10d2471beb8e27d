package dev.kvstore.cache;

import org.jspecify.annotations.Nullable;

/** A cache has neither a ttl nor a maximum of entries, and would grow for ever. */
final class UnboundedCacheException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String cache;

    UnboundedCacheException(@Nullable String cache) {
        super((cache == null ? "The default settings of caches have" : "The cache '" + cache + "' has")
                + " neither a ttl nor a maximum of entries, so that its entries would stay for ever");
        this.cache = cache;
    }

    /** The name of the cache; null for the defaults. */
    @Nullable
    String cache() {
        return cache;
    }
}
