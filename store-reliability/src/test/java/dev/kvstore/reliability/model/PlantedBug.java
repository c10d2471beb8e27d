package dev.kvstore.reliability.model;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.dao.DataRetrievalFailureException;

/** Bugs of real stores; a test that does not find them proves nothing. */
enum PlantedBug implements UnaryOperator<KvStore> {
    AN_ENTRY_LIVES_A_MILLISECOND_TOO_LONG {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public void set(String group, String key, String value, Duration ttl) {
                    // The effect of `expires_at >= now`.
                    kv.set(group, key, value, isShort(ttl) ? ttl.plusMillis(1) : ttl);
                }
            };
        }
    },
    A_DELETE_FORGETS_THE_DEADLINE {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                private final Set<List<String>> rows = new HashSet<>();

                @Override
                public void set(String group, String key, String value, Duration ttl) {
                    kv.set(group, key, value, ttl);
                    rows.add(List.of(group, key));
                }

                @Override
                public boolean delete(String group, String key) {
                    return kv.delete(group, key) || rows.remove(List.of(group, key));
                }
            };
        }
    },
    A_SET_KEEPS_THE_OLD_DEADLINE {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                private final Map<List<String>, Duration> ttls = new HashMap<>();

                @Override
                public void set(String group, String key, String value, Duration ttl) {
                    kv.set(group, key, value, ttl);
                    ttls.put(List.of(group, key), ttl);
                }

                @Override
                public void set(String group, String key, String value) {
                    Duration old = group == null || key == null ? null : ttls.get(List.of(group, key));
                    if (old == null) {
                        kv.set(group, key, value);
                    } else {
                        kv.set(group, key, value, old);
                    }
                }
            };
        }
    },
    A_GROUP_IS_IN_THE_ORDER_OF_UTF_16 {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public Map<String, String> getAll(String group) {
                    return new TreeMap<>(kv.getAll(group));
                }
            };
        }
    },
    GROUPS_ARE_IN_THE_ORDER_OF_UTF_16 {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public Stream<String> groups(String prefix) {
                    return kv.groups(prefix).sorted();
                }
            };
        }
    },
    A_VALUE_ENDS_AT_A_NUL {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public Optional<String> get(String group, String key) {
                    return kv.get(group, key).map(value -> value.split("\u0000", -1)[0]);
                }
            };
        }
    },
    A_KEY_IS_COMPARED_WITHOUT_ITS_CASE {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public boolean delete(String group, String key) {
                    return kv.delete(group, "A".equals(key) ? "a" : key);
                }
            };
        }
    },
    A_LONG_VALUE_SURVIVES_ITS_REPLACEMENT {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public void set(String group, String key, String value) {
                    boolean wasLong = value != null
                            && value.isEmpty()
                            && kv.get(group, key)
                                    .filter(old -> old.length() > 1_024)
                                    .isPresent();
                    if (!wasLong) {
                        kv.set(group, key, value);
                    }
                }
            };
        }
    },
    A_REFUSED_VALUE_LEAVES_AN_EMPTY_ONE {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public void set(String group, String key, String value) {
                    if (value == null) {
                        kv.set(group, key, "");
                    }
                    kv.set(group, key, value);
                }
            };
        }
    },
    A_PURGE_COUNTS_NOTHING {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public long purgeExpired() {
                    kv.purgeExpired();
                    return 0;
                }
            };
        }
    },
    A_PURGE_REMOVES_WHAT_LIVES {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                private List<String> last = List.of("", "");

                @Override
                public void set(String group, String key, String value, Duration ttl) {
                    kv.set(group, key, value, ttl);
                    last = List.of(group, key);
                }

                @Override
                public long purgeExpired() {
                    long purged = kv.purgeExpired();
                    kv.delete(last.get(0), last.get(1));
                    return purged;
                }
            };
        }
    },
    A_CACHE_DOES_NOT_SEE_THE_TIME_PASS {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                private final Map<List<String>, Optional<String>> read = new HashMap<>();

                @Override
                public Optional<String> get(String group, String key) {
                    Optional<String> live = kv.get(group, key);
                    return live.isPresent()
                            ? read.computeIfAbsent(List.of(group, key), absent -> live)
                            : read.getOrDefault(List.of(group, key), live);
                }

                @Override
                public void set(String group, String key, String value) {
                    kv.set(group, key, value);
                    read.remove(List.of(group, key));
                }

                @Override
                public void set(String group, String key, String value, Duration ttl) {
                    kv.set(group, key, value, ttl);
                    read.remove(List.of(group, key));
                }

                @Override
                public boolean delete(String group, String key) {
                    boolean deleted = kv.delete(group, key);
                    read.remove(List.of(group, key));
                    return deleted;
                }

                @Override
                public long deleteGroup(String group) {
                    read.clear();
                    return kv.deleteGroup(group);
                }
            };
        }
    },
    BYTES_THAT_ARE_NOT_UTF_8_ARE_REPLACED {
        @Override
        Variant sound() {
            return Variant.FILE;
        }

        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public Optional<String> get(String group, String key) {
                    try {
                        return kv.get(group, key);
                    } catch (DataRetrievalFailureException e) {
                        return Optional.of("\uFFFD");
                    }
                }
            };
        }
    },
    AN_ENTRY_THAT_IS_NOT_UTF_8_IS_LEFT_OUT_OF_ITS_GROUP {
        @Override
        Variant sound() {
            return Variant.FILE;
        }

        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public Map<String, String> getAll(String group) {
                    try {
                        return kv.getAll(group);
                    } catch (DataRetrievalFailureException e) {
                        return Map.of();
                    }
                }
            };
        }
    },
    AN_ERROR_NAMES_ANOTHER_ENTRY {
        @Override
        Variant sound() {
            return Variant.FILE;
        }

        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public Optional<String> get(String group, String key) {
                    try {
                        return kv.get(group, key);
                    } catch (DataRetrievalFailureException e) {
                        throw new DataRetrievalFailureException("The value of 'group/key' is not valid UTF-8");
                    }
                }
            };
        }
    },
    A_DELETE_LEAVES_WHAT_IS_NOT_UTF_8 {
        @Override
        Variant sound() {
            return Variant.FILE;
        }

        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public boolean delete(String group, String key) {
                    try {
                        kv.get(group, key);
                    } catch (DataRetrievalFailureException e) {
                        return false;
                    }
                    return kv.delete(group, key);
                }
            };
        }
    };

    /** The kind of store that has the bug. */
    Variant sound() {
        return Variant.MEMORY;
    }

    Variant variant() {
        return sound().wrapped(name(), this);
    }

    private static boolean isShort(Duration ttl) {
        return ttl != null && !ttl.isZero() && !ttl.isNegative() && ttl.compareTo(Duration.ofDays(1)) < 0;
    }
}
