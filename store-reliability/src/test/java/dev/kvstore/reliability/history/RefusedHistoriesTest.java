package dev.kvstore.reliability.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvStore;
import dev.kvstore.reliability.history.Event.Kind;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check refuses histories that no order explains, and stores that make such ones. */
class RefusedHistoriesTest {

    private static final int ROUNDS = 100;

    @TempDir
    Path directory;

    @Test
    void callsThatOverlapMayTakeEffectInAnyOrder() {
        assertThat(Linearizability.violations(List.of(
                        set("old", 1, 2), set("new", 3, 10), read("old", 4, 5), read("new", 4, 6), read("new", 7, 8))))
                .isEmpty();
    }

    @Test
    void aDeleteThatOverlapsASetMayFindItOrNot() {
        assertThat(Linearizability.violations(List.of(set("a", 1, 5), delete(true, 2, 4), read(null, 6, 7))))
                .isEmpty();
        assertThat(Linearizability.violations(List.of(set("a", 1, 5), delete(false, 2, 4), read("a", 6, 7))))
                .isEmpty();
    }

    @Test
    void aReadOfWhatWasReplacedBeforeItBeganIsRefused() {
        assertThat(Linearizability.violations(List.of(set("old", 1, 2), set("new", 3, 4), read("old", 5, 6))))
                .singleElement()
                .asString()
                .contains("register");
    }

    @Test
    void aReadThatGoesBackBehindAnotherReadIsRefused() {
        assertThat(Linearizability.violations(
                        List.of(set("old", 1, 2), set("new", 3, 10), read("new", 4, 5), read("old", 6, 7))))
                .hasSize(1);
    }

    @Test
    void twoDeletesThatBothFindTheOneEntryAreRefused() {
        assertThat(Linearizability.violations(List.of(set("a", 1, 2), delete(true, 3, 6), delete(true, 4, 5))))
                .hasSize(1);
    }

    @Test
    void aReadOfWhatNobodyWroteYetIsRefused() {
        assertThat(Linearizability.violations(List.of(read("a", 1, 2), set("a", 3, 4))))
                .hasSize(1);
    }

    @Test
    void aStoreWithStaleReadsIsFound() throws Exception {
        try (SqliteKvStore store = open()) {
            assertThat(isFound(new StaleReads(store))).isTrue();
        }
    }

    @Test
    void aStoreThatAcknowledgesBeforeItCommitsIsFound() throws Exception {
        ExecutorService later = Executors.newSingleThreadExecutor();
        try (SqliteKvStore store = open()) {
            assertThat(isFound(new EarlyAcknowledgement(store, later))).isTrue();
            later.submit(() -> {}).get();
        } finally {
            later.shutdown();
        }
    }

    private SqliteKvStore open() {
        return SqliteKvStore.open(directory.resolve("kvstore.db"));
    }

    private static boolean isFound(KvStore store) throws Exception {
        try (Clients clients = new Clients(8, List.of(store))) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                if (!Linearizability.violations(clients.round(seed, 20)).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Event set(String value, long invoked, long returned) {
        return event(Kind.SET, value, Optional.empty(), invoked, returned);
    }

    private static Event read(String value, long invoked, long returned) {
        return event(Kind.READ, "", Optional.ofNullable(value), invoked, returned);
    }

    private static Event delete(boolean there, long invoked, long returned) {
        return event(Kind.DELETE, "", Event.there(there), invoked, returned);
    }

    private static Event event(Kind kind, String value, Optional<String> answer, long invoked, long returned) {
        return new Event(0, "register", kind, Optional.of(value), answer, invoked, returned);
    }

    /** A cache that a read fills after a write has emptied it. */
    private static final class StaleReads extends ForwardingKvStore {

        private final Map<String, Optional<String>> cache = new ConcurrentHashMap<>();

        StaleReads(KvStore kv) {
            super(kv);
        }

        @Override
        public Optional<String> get(String group, String key) {
            return cache.computeIfAbsent(group, absent -> kv.get(group, key));
        }

        @Override
        public void set(String group, String key, String value) {
            cache.remove(group);
            kv.set(group, key, value);
        }
    }

    private static final class EarlyAcknowledgement extends ForwardingKvStore {

        private final ExecutorService later;

        EarlyAcknowledgement(KvStore kv, ExecutorService later) {
            super(kv);
            this.later = later;
        }

        @Override
        public void set(String group, String key, String value) {
            later.execute(() -> kv.set(group, key, value));
        }
    }
}
