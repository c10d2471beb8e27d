package dev.kvstore.cache;

import dev.kvstore.KvGroup;
import dev.kvstore.KvTypeException;
import org.jspecify.annotations.Nullable;

/** How the values of a cache are stored. Null is a value. */
interface ValueFormat<S> {

    /** The view of the group that holds the stored form. */
    KvGroup<S> group();

    /**
     * Returns the stored form of a value.
     *
     * @throws IllegalArgumentException if the value cannot be stored
     */
    S store(@Nullable Object value);

    /**
     * Returns the value of a stored form.
     *
     * @throws KvTypeException if it cannot be read any more
     */
    @Nullable
    Object read(S stored);
}
