package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A batch of the model: checks that see the state before, then writes in order, which are undone if one fails. */
final class ModelBatch implements KvBatch {

    private final ModelEntries entries;
    private final List<BooleanSupplier> checks = new ArrayList<>();
    private final List<Runnable> writes = new ArrayList<>();
    private boolean committed;

    ModelBatch(ModelEntries entries) {
        this.entries = entries;
    }

    @Override
    public <V> KvBatch check(KvGroup<V> group, String key, long expectedVersion) {
        Legal.text(key);
        ModelGroup.requireVersion(expectedVersion);
        requireNotCommitted();
        checks.add(() -> own(group).has(key, expectedVersion));
        return this;
    }

    @Override
    public <V> KvBatch set(KvGroup<V> group, String key, V value) {
        return set(group, key, value, Expiry.never());
    }

    @Override
    public <V> KvBatch set(KvGroup<V> group, String key, V value, Expiry expiry) {
        Content content = own(group).checked(key, value, expiry);
        return add(() -> own(group).put(key, content, expiry));
    }

    @Override
    public KvBatch delete(KvGroup<?> group, String key) {
        Legal.text(key);
        return add(() -> group.delete(key));
    }

    @Override
    public KvBatch increment(KvGroup<Long> group, String key, long delta) {
        own(group).checkIncrement(key);
        return add(() -> group.increment(key, delta));
    }

    private static <V> ModelGroup<V> own(KvGroup<V> group) {
        return (ModelGroup<V>) group;
    }

    private KvBatch add(Runnable write) {
        requireNotCommitted();
        writes.add(write);
        return this;
    }

    private void requireNotCommitted() {
        if (committed) {
            throw new IllegalStateException("committed");
        }
    }

    @Override
    public boolean commit() {
        requireNotCommitted();
        committed = true;
        entries.requireWritable();
        boolean met = checks.stream().allMatch(BooleanSupplier::getAsBoolean);
        if (met) {
            entries.allOrNothing(() -> writes.forEach(Runnable::run));
        }
        return met;
    }
}
