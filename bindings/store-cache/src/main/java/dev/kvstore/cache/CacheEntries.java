package dev.kvstore.cache;

import dev.kvstore.KvGroup;
import org.jspecify.annotations.Nullable;

/** Writes of a cache by the text of the key: without a bound, or in the order of an index that keeps the bound. */
interface CacheEntries<S> {

    void put(String key, S value);

    /** Returns what is stored already; null if the value was put. */
    @Nullable
    S putIfAbsent(String key, S value);

    /**
     * Adds a value that was loaded for {@link KvGroup#getOrCompute}, if the bound must know of it first.
     *
     * @return what is stored already, or null
     */
    @Nullable
    S addLoaded(String key, S value);

    /** Adds a loaded value again if it was evicted before {@code getOrCompute} set it. */
    void completeLoad(String key, S value);

    /** Returns whether there was an entry. */
    boolean delete(String key);

    /** Returns how many entries there were. */
    long clear();
}
