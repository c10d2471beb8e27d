package dev.kvstore.reliability.history;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvBatch;
import dev.kvstore.reliability.ForwardingKvGroup;
import dev.kvstore.reliability.ForwardingKvStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Planted flaws of conditional operations, to prove that the histories reveal them. */
enum ConditionFlaw implements UnaryOperator<KvStore> {
    NONE,
    COMPARES_BEFORE_THE_TRANSACTION {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public OptionalLong compareAndSet(String key, long expectedVersion, V value, Expiry expiry) {
                    long version = group.entry(key).map(KvEntry::version).orElse(0L);
                    return version == expectedVersion ? replace(key, value, expiry) : OptionalLong.empty();
                }

                private OptionalLong replace(String key, V value, Expiry expiry) {
                    while (true) {
                        long version = group.entry(key).map(KvEntry::version).orElse(0L);
                        OptionalLong replaced = group.compareAndSet(key, version, value, expiry);
                        if (replaced.isPresent()) {
                            return replaced;
                        }
                    }
                }
            };
        }
    },
    LOOKS_BEFORE_IT_SETS_IF_ABSENT {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public boolean setIfAbsent(String key, V value) {
                    boolean absent = !group.contains(key);
                    if (absent) {
                        group.set(key, value);
                    }
                    return absent;
                }
            };
        }
    },
    READS_BEFORE_IT_DELETES {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public Optional<V> getAndDelete(String key) {
                    Optional<V> read = group.get(key);
                    group.delete(key);
                    return read;
                }
            };
        }
    },
    UPDATES_WHATEVER_OTHERS_DO {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public Optional<V> update(String key, Expiry expiry, UnaryOperator<Optional<V>> change) {
                    Optional<V> after = change.apply(group.get(key));
                    group.set(key, after.orElseThrow(), expiry);
                    return after;
                }
            };
        }
    },
    A_LOADER_WINS_OVER_A_SET {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public V getOrCompute(String key, Expiry expiry, Supplier<? extends V> loader) {
                    Optional<V> read = group.get(key);
                    if (read.isPresent()) {
                        return read.get();
                    }
                    V loaded = loader.get();
                    group.set(key, loaded, expiry);
                    return loaded;
                }
            };
        }
    },
    /** As if a counter of versions were read outside of the transaction: two writes in a row get the same. */
    USES_A_VERSION_TWICE {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public Optional<KvEntry<V>> entry(String key) {
                    return group.entry(key)
                            .map(read -> new KvEntry<>(
                                    key, read.value(), Math.max(read.version() & ~3L, 1), read.expiresAt()));
                }
            };
        }
    },
    READS_A_PAGE_IN_PARTS {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public KvPage<V> page(KvRange range) {
                    List<KvEntry<V>> entries =
                            group.keys(range).flatMap(key -> part(key).stream()).toList();
                    return new KvPage<>(entries, Optional.empty());
                }

                private Optional<KvEntry<V>> part(String key) {
                    // It waits for the writes of others.
                    group.delete("other");
                    return group.entry(key);
                }
            };
        }
    },
    WRITES_A_BATCH_IN_PARTS {
        @Override
        KvBatch in(KvBatch sound) {
            return new ForwardingKvBatch(sound) {
                @Override
                public KvBatch increment(KvGroup<Long> group, String key, long delta) {
                    group.increment(key, delta);
                    return this;
                }
            };
        }
    },
    CHECKS_BEFORE_THE_BATCH {
        @Override
        KvBatch in(KvBatch sound) {
            return new ForwardingKvBatch(sound) {
                private boolean met = true;

                @Override
                public <V> KvBatch check(KvGroup<V> group, String key, long expectedVersion) {
                    met &= group.entry(key).map(KvEntry::version).orElse(0L) == expectedVersion;
                    return this;
                }

                @Override
                public boolean commit() {
                    return met && super.commit();
                }
            };
        }
    },
    /** Exact as long as no other process writes. */
    INCREMENTS_UNDER_A_LOCK_OF_ITS_PROCESS {
        @Override
        public KvStore apply(KvStore sound) {
            return new LockedCounters(sound);
        }
    };

    <V> KvGroup<V> in(KvGroup<V> sound) {
        return sound;
    }

    KvBatch in(KvBatch sound) {
        return new ForwardingKvBatch(sound) {};
    }

    @Override
    public KvStore apply(KvStore sound) {
        return new ForwardingKvStore(sound) {
            @Override
            protected <V> KvGroup<V> decorated(KvGroup<V> group) {
                return in(group);
            }

            @Override
            protected KvBatch decorated(KvBatch batch) {
                return in(batch);
            }
        };
    }
}
