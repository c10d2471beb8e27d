package dev.kvstore.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a store that do not depend on its engine.
 *
 * @param cache null for none; exact only if this store alone changes the database
 * @param retention which changes are kept for subscribers that have not read them
 * @param jsonMapper the {@code JsonMapper} of Jackson 3 that stores values as JSON; null for the store's own
 * @param observer null for none
 */
public record StoreOptions(
        Limits limits,
        @Nullable NearCache cache,
        ChangeRetention retention,
        @Nullable Object jsonMapper,
        @Nullable GuardedObserver observer) {

    /** Limits and a near cache; all else as by default. */
    public StoreOptions(Limits limits, @Nullable NearCache cache) {
        this(limits, cache, ChangeRetention.DEFAULTS, null, null);
    }
}
