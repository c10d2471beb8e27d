package dev.kvstore.reliability.history;

import static dev.kvstore.reliability.history.StandingClock.CLOCK;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Planted flaws of a store, to prove that the histories reveal them. */
enum Flaw implements UnaryOperator<KvStore> {
    NONE {
        @Override
        public KvStore apply(KvStore sound) {
            return sound;
        }
    },
    /** A cache that a read fills with a stale value after a write has emptied it. */
    READS_A_STALE_COPY {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                private final Map<String, Optional<String>> copy = new ConcurrentHashMap<>();

                @Override
                public Optional<String> get(String group, String key) {
                    return copy.computeIfAbsent(group, absent -> kv.get(group, key));
                }

                @Override
                public void set(String group, String key, String value) {
                    copy.remove(group);
                    kv.set(group, key, value);
                }
            };
        }
    },
    ACKNOWLEDGES_BEFORE_THE_COMMIT {
        @Override
        public KvStore apply(KvStore sound) {
            ExecutorService later = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "later");
                thread.setDaemon(true);
                return thread;
            });
            return new ForwardingKvStore(sound) {
                @Override
                public void set(String group, String key, String value) {
                    later.execute(() -> setUnlessClosed(group, key, value));
                }

                private void setUnlessClosed(String group, String key, String value) {
                    try {
                        kv.set(group, key, value);
                    } catch (KvClosedException ended) {
                        later.shutdown();
                    }
                }
            };
        }
    },
    PURGES_A_MILLISECOND_TOO_EARLY {
        @Override
        public KvStore apply(KvStore sound) {
            return new ForwardingKvStore(sound) {
                @Override
                public long purgeExpired() {
                    AtomicLong purged = new AtomicLong();
                    CLOCK.ahead(Duration.ofMillis(1), () -> purged.set(kv.purgeExpired()));
                    return purged.get();
                }
            };
        }
    },
    /** A copy of the values set through this store: exact as long as no other process writes. */
    MISSES_WHAT_ANOTHER_PROCESS_WRITES {
        @Override
        public KvStore apply(KvStore sound) {
            return new OwnWrites(sound);
        }
    };

    private static final class OwnWrites extends ForwardingKvStore {

        private final Map<String, Optional<String>> copy = new ConcurrentHashMap<>();

        OwnWrites(KvStore kv) {
            super(kv);
        }

        @Override
        public synchronized Optional<String> get(String group, String key) {
            return copy.computeIfAbsent(group, absent -> kv.get(group, key));
        }

        @Override
        public synchronized void set(String group, String key, String value) {
            kv.set(group, key, value);
            copy.remove(group);
        }

        @Override
        public synchronized void set(String group, String key, String value, Duration ttl) {
            kv.set(group, key, value, ttl);
            copy.remove(group);
        }

        @Override
        public synchronized boolean delete(String group, String key) {
            copy.remove(group);
            return kv.delete(group, key);
        }

        @Override
        public synchronized long deleteGroup(String group) {
            copy.remove(group);
            return kv.deleteGroup(group);
        }
    }
}
