package dev.kvstore.jdbc;

import dev.kvstore.Expiry;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Value;
import java.util.Optional;
import java.util.function.Supplier;

/** One caller's computation of an absent value. */
record Computation<V>(JdbcKvGroup<V> group, String key, Expiry expiry, Supplier<? extends V> loader)
        implements Loads.Source {

    @Override
    public Optional<Value> read() {
        return group.stored(key);
    }

    @Override
    public Loads.Computed compute() {
        V value = loader.get();
        if (value == null) {
            throw new IllegalArgumentException("loader must not return null");
        }
        Change.Put put = group.put(key, value, expiry, Condition.ABSENT);
        return () -> group.getOrSet(put).orElse(put.value());
    }
}
