package dev.kvstore.jdbc;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.engine.Names;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Reads an entry, decides what to do with it outside of any transaction, and does that if the entry still has its
 * version; again when somebody else was faster.
 */
record Updates<V>(JdbcKvGroup<V> group) {

    private static final int TRIES = 100;

    Optional<V> update(String key, Expiry expiry, @Nullable UnaryOperator<Optional<V>> change) {
        if (change == null) {
            throw new IllegalArgumentException("change must not be null");
        }
        return decide(key, expiry, before -> {
            Optional<V> after = change.apply(before.map(KvEntry::value));
            if (after == null) {
                throw new IllegalArgumentException(
                        "change must not return null; return an empty Optional to delete the entry");
            }
            return after.isPresent() ? Decision.set(after.get(), after) : Decision.delete(after);
        });
    }

    /** Carries out a decision, which may be asked for again, and returns its result. */
    <R extends @Nullable Object> R decide(
            String key, Expiry expiry, Function<Optional<KvEntry<V>>, Decision<V, R>> decide) {
        group.check(expiry);
        for (int i = 0; i < TRIES; i++) {
            Optional<KvEntry<V>> before = group.entry(key);
            Decision<V, R> decision = decide.apply(before);
            if (carryOut(decision, key, before.map(KvEntry::version).orElse(0L), expiry)) {
                return decision.result();
            }
        }
        throw new OptimisticLockingFailureException("The entry '" + Names.printable(group.name()) + "/"
                + Names.printable(key) + "' was changed by others during each of " + TRIES
                + " tries to update it; nothing was changed");
    }

    private boolean carryOut(Decision<V, ?> decision, String key, long version, Expiry expiry) {
        return switch (decision.kind()) {
            case KEEP -> true;
            case SET ->
                group.compareAndSet(key, version, Objects.requireNonNull(decision.value()), expiry)
                        .isPresent();
            case DELETE -> version == 0 || group.compareAndDelete(key, version);
        };
    }
}
