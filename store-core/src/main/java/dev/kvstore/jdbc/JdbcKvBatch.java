package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Change.AllOrNothing.Check;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Utf8;
import java.util.ArrayList;
import java.util.List;

/** Collects checks and changes of entries, and runs them as one change. */
final class JdbcKvBatch implements KvBatch {

    private final Entries entries;
    private final List<Check> checks = new ArrayList<>();
    private final List<Change.OfEntry<?>> changes = new ArrayList<>();
    private Durability durability = Durability.NORMAL;
    private boolean committed;

    JdbcKvBatch(Entries entries) {
        this.entries = entries;
    }

    @Override
    public <V> KvBatch check(KvGroup<V> group, String key, long expectedVersion) {
        JdbcKvGroup<V> own = own(group);
        Utf8.check("key", key);
        Keys.requireVersion(expectedVersion);
        requireRoom();
        checks.add(new Check(own.name(), key, expectedVersion));
        return this;
    }

    @Override
    public <V> KvBatch set(KvGroup<V> group, String key, V value) {
        return set(group, key, value, Expiry.never());
    }

    @Override
    public <V> KvBatch set(KvGroup<V> group, String key, V value, Expiry expiry) {
        JdbcKvGroup<V> own = own(group);
        return add(own, own.put(key, value, expiry, Condition.ANY));
    }

    @Override
    public KvBatch delete(KvGroup<?> group, String key) {
        JdbcKvGroup<?> own = own(group);
        return add(own, own.deleting(key));
    }

    @Override
    public KvBatch increment(KvGroup<Long> group, String key, long delta) {
        JdbcKvGroup<Long> own = own(group);
        return add(own, own.incrementing(key, delta, Expiry.never()));
    }

    private <V> JdbcKvGroup<V> own(KvGroup<V> group) {
        if (group instanceof JdbcKvGroup<V> own && own.isOf(entries)) {
            return own;
        }
        throw new IllegalArgumentException(
                group == null ? "group must not be null" : "The group belongs to another store than the batch");
    }

    private KvBatch add(JdbcKvGroup<?> group, Change.OfEntry<?> change) {
        requireRoom();
        changes.add(change);
        if (group.durability() == Durability.FULL) {
            durability = Durability.FULL;
        }
        return this;
    }

    private void requireRoom() {
        requireNotCommitted();
        if (checks.size() + changes.size() >= Keys.MOST) {
            throw new IllegalArgumentException(
                    "A batch has at most " + Keys.MOST + " operations, checks included; commit it in parts");
        }
    }

    private void requireNotCommitted() {
        if (committed) {
            throw new IllegalStateException("The batch was committed already; begin another one");
        }
    }

    @Override
    public boolean commit() {
        requireNotCommitted();
        committed = true;
        changes.forEach(change -> {
            if (change instanceof Change.Put put) {
                entries.checked(put.expiry());
            }
        });
        return entries.write(new Change.AllOrNothing(checks, changes), durability)
                .isPresent();
    }
}
