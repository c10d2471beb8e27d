package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import dev.kvstore.KvTypeException;
import dev.kvstore.reliability.ForwardingKvBatch;
import dev.kvstore.reliability.ForwardingKvGroup;
import dev.kvstore.reliability.ForwardingKvStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bugs of the methods of groups and batches. */
enum PlantedGroupBug implements UnaryOperator<KvStore> {
    AN_EXPIRED_ENTRY_IS_PRESENT_FOR_A_CONDITION {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public void set(String key, V value, Expiry expiry) {
                    group.set(key, value, expiry);
                    memory.put(List.of(name(), key), 0L);
                }

                @Override
                public boolean setIfAbsent(String key, V value) {
                    boolean wasSet = group.setIfAbsent(key, value);
                    return memory.remove(List.of(name(), key)) == null && wasSet;
                }
            };
        }
    },
    AN_EQUAL_VALUE_KEEPS_ITS_VERSION {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public void set(String key, V value, Expiry expiry) {
                    Optional<V> old = readable(group, key).map(KvEntry::value);
                    if (!(expiry instanceof Expiry.Keep)
                            || old.isEmpty()
                            || !old.get().equals(value)) {
                        group.set(key, value, expiry);
                    }
                }
            };
        }
    },
    A_KEPT_EXPIRY_IS_FORGOTTEN {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public void set(String key, V value, Expiry expiry) {
                    group.set(key, value, expiry instanceof Expiry.Keep ? Expiry.never() : expiry);
                }
            };
        }
    },
    A_RANGE_INCLUDES_ITS_END {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public long count(KvRange range) {
                    return group.count(range)
                            + range.upperBound().filter(group::contains).stream()
                                    .count();
                }
            };
        }
    },
    A_DELETE_OF_A_RANGE_IGNORES_ITS_LIMIT {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public long deleteAll(KvRange range) {
                    return group.deleteAll(range == null ? null : range.limit(Integer.MAX_VALUE));
                }
            };
        }
    },
    A_FULL_PAGE_IS_THE_LAST {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public KvPage<V> page(KvRange range) {
                    return new KvPage<>(group.page(range).entries(), Optional.empty());
                }
            };
        }
    },
    A_REVERSED_RANGE_IS_READ_FORWARDS {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public Stream<String> keys(KvRange range) {
                    return group.keys(range != null && range.isReversed() ? range.reversed() : range);
                }
            };
        }
    },
    AN_INCREMENT_ENDS_THE_EXPIRY {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public long increment(String key, long delta) {
                    long sum = group.increment(key, delta);
                    group.expire(key, Expiry.never());
                    return sum;
                }
            };
        }
    },
    AN_OVERFLOW_IS_HIDDEN {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public long increment(String key, long delta) {
                    try {
                        return group.increment(key, delta);
                    } catch (KvLimitException beyond) {
                        return Long.MAX_VALUE;
                    }
                }
            };
        }
    },
    A_COMPARISON_IGNORES_THE_VERSION {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public OptionalLong compareAndSet(String key, long expectedVersion, V value, Expiry expiry) {
                    long version = readable(group, key).map(KvEntry::version).orElse(expectedVersion);
                    return group.compareAndSet(key, expectedVersion > 0 ? version : expectedVersion, value, expiry);
                }
            };
        }
    },
    A_VERSION_COMES_BACK_AFTER_A_DELETE {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public Optional<KvEntry<V>> entry(String key) {
                    return group.entry(key).map(this::withFirstVersion);
                }

                private KvEntry<V> withFirstVersion(KvEntry<V> read) {
                    Long deleted = memory.get(List.of(name(), read.key()));
                    long version = deleted == null ? read.version() : deleted;
                    return new KvEntry<>(read.key(), read.value(), version, read.expiresAt());
                }

                @Override
                public boolean delete(String key) {
                    readable(group, key).ifPresent(read -> memory.put(List.of(name(), key), read.version()));
                    return group.delete(key);
                }
            };
        }
    },
    AN_EXPIRY_THAT_IS_KEPT_IS_A_WRITE {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public boolean expire(String key, Expiry expiry) {
                    boolean live = group.expire(key, expiry);
                    if (live && expiry instanceof Expiry.Keep) {
                        group.update(key, expiry, same -> same);
                    }
                    return live;
                }
            };
        }
    },
    A_LOADER_REPLACES_A_VALUE {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public V getOrCompute(String key, Expiry expiry, Supplier<? extends V> loader) {
                    V value = loader.get();
                    group.set(key, value, expiry);
                    return value;
                }
            };
        }
    },
    AN_UPDATE_CANNOT_DELETE {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public Optional<V> update(String key, Expiry expiry, UnaryOperator<Optional<V>> change) {
                    Optional<V> after = change.apply(group.get(key));
                    return after != null && after.isEmpty() ? after : group.update(key, expiry, change);
                }
            };
        }
    },
    A_VALUE_OF_ANOTHER_TYPE_IS_ABSENT {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public Optional<KvEntry<V>> entry(String key) {
                    try {
                        return group.entry(key);
                    } catch (KvTypeException other) {
                        return Optional.empty();
                    }
                }
            };
        }
    },
    A_REFUSED_SET_OF_SEVERAL_SETS_SOME {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public void setAll(Map<String, ? extends V> entries) {
                    entries.forEach(group::set);
                }
            };
        }
    },
    A_MAP_REPLACES_WHAT_IS_PRESENT {
        @Override
        <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
            return new ForwardingKvGroup<>(sound) {
                @Override
                public ConcurrentMap<String, V> asMap() {
                    return putting(group.asMap());
                }
            };
        }
    },
    A_BATCH_IGNORES_ITS_CHECKS {
        @Override
        KvBatch in(KvBatch sound) {
            return new ForwardingKvBatch(sound) {
                @Override
                public <V> KvBatch check(KvGroup<V> group, String key, long expectedVersion) {
                    return this;
                }
            };
        }
    },
    A_BATCH_WRITES_BEFORE_ITS_COMMIT {
        @Override
        KvBatch in(KvBatch sound) {
            return new ForwardingKvBatch(sound) {
                @Override
                public <V> KvBatch set(KvGroup<V> group, String key, V value) {
                    group.set(key, value);
                    return this;
                }
            };
        }
    };

    private static <V> Optional<KvEntry<V>> readable(KvGroup<V> group, String key) {
        try {
            return group.entry(key);
        } catch (KvTypeException other) {
            return Optional.empty();
        }
    }

    /** Returns a group with the bug; the memory is that of the store. */
    <V> KvGroup<V> in(KvGroup<V> sound, Map<List<String>, Long> memory) {
        return new ForwardingKvGroup<>(sound) {};
    }

    KvBatch in(KvBatch sound) {
        return new ForwardingKvBatch(sound) {};
    }

    @Override
    public KvStore apply(KvStore sound) {
        Map<List<String>, Long> memory = new HashMap<>();
        return new ForwardingKvStore(sound) {
            @Override
            protected <V> KvGroup<V> decorated(KvGroup<V> group) {
                return in(group, memory);
            }

            @Override
            protected KvBatch decorated(KvBatch batch) {
                return in(batch);
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <V> ConcurrentMap<String, V> putting(ConcurrentMap<String, V> map) {
        return (ConcurrentMap<String, V>) Proxy.newProxyInstance(
                PlantedGroupBug.class.getClassLoader(),
                new Class<?>[] {ConcurrentMap.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("putIfAbsent")
                                ? map.put((String) arguments[0], (V) arguments[1])
                                : method.invoke(map, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
