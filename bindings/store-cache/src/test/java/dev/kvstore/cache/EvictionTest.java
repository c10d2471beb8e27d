package dev.kvstore.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cache.Cache;

/** A cache with a maximum of entries evicts those that were written first. */
class EvictionTest {

    private final SqliteKvStore store = SqliteKvStore.inMemory();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        store.close();
    }

    private static KvCache<?> cache(KvStore store, int maximum) {
        return (KvCache<?>) Objects.requireNonNull(KvCacheManager.builder(store)
                .cache("numbers", KvCacheSettings.of(Duration.ofHours(1), maximum))
                .build()
                .getCache("numbers"));
    }

    private KvGroup<String> index() {
        return store.group("cache:numbers#index");
    }

    private static long entries(KvStore store) {
        return store.group("cache:numbers").count();
    }

    private static boolean has(Cache cache, int key) {
        return cache.get(key) != null;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 99, 1000})
    void thereAreNeverMoreThanTheMaximum(int maximum) {
        KvCache<?> cache = cache(store, maximum);
        for (int i = 0; i < maximum + 300; i++) {
            cache.put(i, i);

            assertThat(entries(store)).isEqualTo(index().count() / 2);
            if (i >= maximum) {
                assertThat(entries(store)).isBetween((long) (maximum * 0.98), (long) maximum);
            }
        }
        assertThat(cache.counts().evictions().sum()).isBetween(300L, 300L + maximum / 50 + 1);
    }

    @Test
    void theOldestWrittenAreEvicted() {
        Cache cache = cache(store, 10);
        for (int i = 0; i < 10; i++) {
            cache.put(i, i);
        }
        cache.put(0, "again");
        cache.get(1);

        cache.put(10, 10);
        cache.put(11, 11);

        assertThat(IntStream.range(0, 12).filter(key -> has(cache, key)))
                .containsExactly(0, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void oneKeyThatIsWrittenAgainAndAgainEvictsNothing() {
        Cache cache = cache(store, 10);
        cache.put("other", 1);
        for (int i = 0; i < 100; i++) {
            cache.put("key", i);
        }

        assertThat(cache.get("other")).isNotNull();
        assertThat(index().count()).isEqualTo(4);
    }

    @Test
    void loadedAndFirstPutValuesAreBoundedToo() {
        Cache cache = cache(store, 10);
        for (int i = 0; i < 30; i++) {
            int value = i;
            cache.get("loaded " + i, () -> value);
            cache.putIfAbsent("first " + i, value);
            cache.retrieve("future " + i, () -> CompletableFuture.completedFuture(value))
                    .join();
        }

        assertThat(entries(store)).isBetween(9L, 10L);
        assertThat(index().count()).isEqualTo(2 * entries(store));
    }

    @Test
    void whatIsEvictedByHandLeavesNothingInTheIndex() {
        Cache cache = cache(store, 10);
        cache.put("key", 1);
        cache.put("other", 1);

        cache.evict("key");
        assertThat(index().count()).isEqualTo(2);
        cache.clear();
        assertThat(index().count()).isZero();
    }

    @Test
    void anEntryThatTheIndexHasTooMuchIsRemovedWhenItIsTheOldest() {
        Cache cache = cache(store, 3);
        cache.put("old", 1);
        store.delete("cache:numbers", "s:old"); // as a crash between two steps of an eviction would leave it

        for (int i = 0; i < 5; i++) {
            cache.put(i, i);
        }

        assertThat(index().getAll()).doesNotContainKey("=s:old");
        assertThat(entries(store)).isBetween(2L, 3L);
    }

    @Test
    void anExpiredEntryLeavesTheIndexToo() {
        MovedClock clock = new MovedClock();
        try (SqliteKvStore moved =
                SqliteKvStore.builder().inMemory().clock(clock).build()) {
            Cache cache = cache(moved, 10);
            cache.put("key", 1);

            clock.move(Duration.ofHours(2));
            moved.purgeExpired();

            assertThat(cache.get("key")).isNull();
            assertThat(moved.groups("")).isEmpty();
        }
    }

    @Test
    void manyThreadsStayBelowTheMaximum() throws Exception {
        fill(100, 100, List.of(store), 16);

        assertThat(entries(store)).isBetween(95L, 100L);
        assertThat(index().count()).isGreaterThanOrEqualTo(2 * entries(store));
    }

    @Test
    void twoProcessesStayLessThanFivePercentAbove() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore one = SqliteKvStore.open(file);
                SqliteKvStore other = SqliteKvStore.open(file)) {
            fill(500, 525, List.of(one, other), 4);

            assertThat(entries(one)).isBetween(480L, 525L);
        }
    }

    /** Each thread reads the number of entries after each put. */
    private static void fill(int maximum, long allowed, List<SqliteKvStore> stores, int threadsOfEach)
            throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> writers = stores.stream()
                    .flatMap(store -> {
                        Cache cache = cache(store, maximum);
                        return IntStream.range(0, threadsOfEach)
                                .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                                    for (int i = 0; i < 2000 / threadsOfEach; i++) {
                                        cache.put(store.hashCode() + "/" + thread + "/" + i, i);
                                        assertThat(entries(store)).isLessThanOrEqualTo(allowed);
                                    }
                                }));
                    })
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
