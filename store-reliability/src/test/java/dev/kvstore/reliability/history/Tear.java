package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Planted flaws of a store, to prove that the known group reveals them. */
enum Tear implements UnaryOperator<KvStore> {
    READS_A_GROUP_IN_HALVES {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public Map<String, String> getAll(String group) {
                    return halves(kv.getAll(group), kv.getAll(group));
                }
            };
        }
    },
    RENDERS_A_GROUP_IN_HALVES {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public String render(String template, String group) {
                    Map<String, String> torn = halves(
                            GroupReading.entries(kv.render(template, group)),
                            GroupReading.entries(kv.render(template, group)));
                    return torn.entrySet().stream().map(String::valueOf).collect(Collectors.joining(";"));
                }
            };
        }
    },
    RETURNS_THE_PREVIOUS_COUNT {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                private volatile long last;

                @Override
                public long count(String group) {
                    long before = last;
                    last = kv.count(group);
                    return before;
                }
            };
        }
    },
    KEEPS_A_VALUE_FOR_EVER {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                private final Map<String, Optional<String>> kept = new ConcurrentHashMap<>();

                @Override
                public Optional<String> get(String group, String key) {
                    return kept.computeIfAbsent(key, first -> kv.get(group, first));
                }
            };
        }
    },
    DELETES_A_GROUP_KEY_BY_KEY {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public long deleteGroup(String group) {
                    return kv.getAll(group).keySet().stream()
                            .filter(key -> kv.delete(group, key))
                            .count();
                }
            };
        }
    },
    PURGES_LIVE_ENTRIES {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public long purgeExpired() {
                    kv.delete(KnownGroup.NAME, KnownGroup.key(0));
                    return kv.purgeExpired();
                }
            };
        }
    };

    private static Map<String, String> halves(Map<String, String> one, Map<String, String> other) {
        String middle = "%04d".formatted(KnownGroup.KEYS / 2);
        Map<String, String> torn = new TreeMap<>(new TreeMap<>(one).headMap(middle));
        torn.putAll(new TreeMap<>(other).tailMap(middle));
        return torn;
    }
}
