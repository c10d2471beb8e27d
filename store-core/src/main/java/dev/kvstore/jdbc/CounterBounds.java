package dev.kvstore.jdbc;

import dev.kvstore.engine.Names;
import java.lang.reflect.Type;

/** The sums that the counters of a group may have. */
record CounterBounds(long least, long greatest) {

    private static final CounterBounds OF_LONG = new CounterBounds(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final CounterBounds OF_INTEGER = new CounterBounds(Integer.MIN_VALUE, Integer.MAX_VALUE);

    /**
     * Returns the bounds in a group of a type.
     *
     * @throws IllegalStateException if the group has no counters
     */
    static CounterBounds of(Type type, String group) {
        if (type == Long.class || type == String.class) {
            return OF_LONG;
        }
        if (type == Integer.class) {
            return OF_INTEGER;
        }
        throw new IllegalStateException("increment needs a group of Long, Integer or String, and the group '"
                + Names.printable(group) + "' is one of " + type.getTypeName());
    }
}
