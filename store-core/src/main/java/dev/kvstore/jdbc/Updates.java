package dev.kvstore.jdbc;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.engine.Names;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/** Changes an entry by a function of its value, which runs outside of any transaction, until nobody else is faster. */
record Updates<V>(JdbcKvGroup<V> group) {

    private static final int TRIES = 100;

    Optional<V> update(String key, Expiry expiry, @Nullable UnaryOperator<Optional<V>> change) {
        if (change == null) {
            throw new IllegalArgumentException("change must not be null");
        }
        group.check(expiry);
        for (int i = 0; i < TRIES; i++) {
            Optional<KvEntry<V>> before = group.entry(key);
            Optional<V> after = change.apply(before.map(KvEntry::value));
            if (after == null) {
                throw new IllegalArgumentException(
                        "change must not return null; return an empty Optional to delete the entry");
            }
            if (write(key, before, after, expiry)) {
                return after;
            }
        }
        throw new OptimisticLockingFailureException("The entry '" + Names.printable(group.name()) + "/"
                + Names.printable(key) + "' was changed by others during each of " + TRIES
                + " tries to update it; nothing was changed");
    }

    private boolean write(String key, Optional<KvEntry<V>> before, Optional<V> after, Expiry expiry) {
        long version = before.map(KvEntry::version).orElse(0L);
        if (after.isPresent()) {
            return group.compareAndSet(key, version, after.get(), expiry).isPresent();
        }
        return version == 0 || group.compareAndDelete(key, version);
    }
}
