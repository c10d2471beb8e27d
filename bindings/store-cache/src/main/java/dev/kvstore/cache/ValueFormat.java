package dev.kvstore.cache;

import dev.kvstore.KvGroup;
import org.jspecify.annotations.Nullable;

/** How the values of a cache are stored. Null is a value. */
interface ValueFormat<S> {

    /** The view of the group that holds the stored form. */
    KvGroup<S> group();

    /** @throws IllegalArgumentException if the value cannot be stored */
    S store(@Nullable Object value);

    /** @throws org.springframework.dao.DataAccessException if the stored form is not readable any more */
    @Nullable
    Object read(S stored);
}
