package dev.kvstore.reliability.history;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvBatch;
import dev.kvstore.reliability.ForwardingKvGroup;
import dev.kvstore.reliability.ForwardingKvStore;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Increments that read and set, while a lock keeps the other writes of the process waiting. */
final class LockedCounters extends ForwardingKvStore {

    private final Object lock = new Object();

    LockedCounters(KvStore kv) {
        super(kv);
    }

    private <T> T locked(Supplier<T> write) {
        synchronized (lock) {
            return write.get();
        }
    }

    @Override
    protected KvBatch decorated(KvBatch batch) {
        return new ForwardingKvBatch(batch) {
            @Override
            public boolean commit() {
                return locked(super::commit);
            }
        };
    }

    @Override
    protected <V> KvGroup<V> decorated(KvGroup<V> group) {
        return new LockedGroup<>(group);
    }

    private final class LockedGroup<V> extends ForwardingKvGroup<V> {

        LockedGroup(KvGroup<V> group) {
            super(group);
        }

        @Override
        public long increment(String key, long delta) {
            KvGroup<Long> counters = kv.group(name(), Long.class);
            return locked(() -> {
                long sum = counters.get(key).orElse(0L) + delta;
                counters.set(key, sum, Expiry.keep());
                return sum;
            });
        }

        @Override
        public void set(String key, V value, Duration ttl) {
            set(key, value, Expiry.after(ttl));
        }

        @Override
        public void set(String key, V value, Expiry expiry) {
            locked(() -> {
                group.set(key, value, expiry);
                return value;
            });
        }

        @Override
        public boolean setIfAbsent(String key, V value) {
            return locked(() -> group.setIfAbsent(key, value));
        }

        @Override
        public boolean setIfPresent(String key, V value) {
            return locked(() -> group.setIfPresent(key, value));
        }

        @Override
        public OptionalLong compareAndSet(String key, long expectedVersion, V value, Expiry expiry) {
            return locked(() -> group.compareAndSet(key, expectedVersion, value, expiry));
        }

        @Override
        public boolean compareAndDelete(String key, long expectedVersion) {
            return locked(() -> group.compareAndDelete(key, expectedVersion));
        }

        @Override
        public Optional<V> getAndSet(String key, V value, Expiry expiry) {
            return locked(() -> group.getAndSet(key, value, expiry));
        }

        @Override
        public Optional<V> getAndDelete(String key) {
            return locked(() -> group.getAndDelete(key));
        }

        @Override
        public boolean delete(String key) {
            return locked(() -> group.delete(key));
        }

        @Override
        public Optional<V> update(String key, Expiry expiry, UnaryOperator<Optional<V>> change) {
            return locked(() -> group.update(key, expiry, change));
        }

        @Override
        public V getOrCompute(String key, Expiry expiry, Supplier<? extends V> loader) {
            return locked(() -> group.getOrCompute(key, expiry, loader));
        }
    }
}
