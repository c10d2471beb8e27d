package dev.kvstore.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.Cache.ValueWrapper;

/** What Spring asks of a cache, whatever the form of its values and its bound. */
abstract class CacheContract {

    private static final Book BOOK = Book.of("1");
    private static final Book OTHER = Book.of("2");

    @SuppressWarnings("NullAway.Init") // By create().
    private KvCacheManager manager;

    @SuppressWarnings("NullAway.Init")
    private Cache cache;

    abstract KvStore store();

    abstract void closeStore();

    abstract KvCacheSettings settings();

    @BeforeEach
    void create() {
        manager = managerOf(store());
        cache = cacheOf(manager);
    }

    private KvCacheManager managerOf(KvStore store) {
        KvCacheManager created = KvCacheManager.builder(store)
                .cache("books", settings())
                .allowedClasses(List.of(Book.class.getName()))
                .build();
        created.afterPropertiesSet();
        return created;
    }

    private static Cache cacheOf(KvCacheManager manager) {
        return Objects.requireNonNull(manager.getCache("books"));
    }

    @AfterEach
    void close() {
        manager.destroy();
        closeStore();
    }

    private @Nullable Object value(Object key) {
        ValueWrapper value = cache.get(key);
        return value == null ? "absent" : value.get();
    }

    @Test
    void aValueIsReadAsItWasPut() {
        assertThat(cache.get("key")).isNull();

        cache.put("key", BOOK);
        assertThat(value("key")).isEqualTo(BOOK);
        assertThat(cache.get("key", Book.class)).isEqualTo(BOOK);

        cache.put("key", OTHER);
        assertThat(value("key")).isEqualTo(OTHER);
    }

    @Test
    void nullIsAValue() {
        cache.put("key", null);

        assertThat(value("key")).isNull();
        assertThat(cache.get("key", Book.class)).isNull();
        assertThat(cache.get("key", () -> fail())).isNull();
        assertThat(cache.putIfAbsent("key", BOOK))
                .isNotNull()
                .satisfies(present -> assertThat(present.get()).isNull());
    }

    @Test
    void aValueOfAnotherTypeThanAskedForIsAnError() {
        cache.put("key", BOOK);

        assertThatIllegalStateException().isThrownBy(() -> cache.get("key", Integer.class));
    }

    @Test
    void aMissingValueIsLoaded() {
        assertThat(cache.get("key", () -> BOOK)).isEqualTo(BOOK);
        assertThat(cache.get("key", () -> fail())).isEqualTo(BOOK);
        assertThat(value("key")).isEqualTo(BOOK);
    }

    @Test
    void nullCanBeLoaded() {
        assertThat(cache.<Book>get("key", nothing())).isNull();
        assertThat(value("key")).isNull();
    }

    @SuppressWarnings("NullAway") // A loader may return null, which its type does not say.
    private static Callable<Book> nothing() {
        return () -> null;
    }

    @Test
    void theExceptionOfALoaderIsTheCause() {
        Exception failure = new Exception("slow service");

        assertThatExceptionOfType(ValueRetrievalException.class)
                .isThrownBy(() -> cache.get("key", () -> {
                    throw failure;
                }))
                .withCause(failure);
        assertThat(cache.get("key")).isNull();
    }

    @Test
    void oneOfManyCallersLoads() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<Book>> books = IntStream.range(0, 16)
                    .mapToObj(i -> callers.submit(() -> Objects.requireNonNull(cache.get("key", () -> {
                        loads.incrementAndGet();
                        return BOOK;
                    }))))
                    .toList();
            for (Future<Book> book : books) {
                assertThat(book.get()).isEqualTo(BOOK);
            }
        } finally {
            callers.shutdown();
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void theFirstPutIfAbsentWins() {
        assertThat(cache.putIfAbsent("key", BOOK)).isNull();
        assertThat(cache.putIfAbsent("key", OTHER))
                .isNotNull()
                .satisfies(present -> assertThat(present.get()).isEqualTo(BOOK));
        assertThat(value("key")).isEqualTo(BOOK);
    }

    @Test
    void oneOfManyPutIfAbsentWins() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = IntStream.range(0, 64)
                    .mapToObj(i -> callers.submit(() -> cache.putIfAbsent("key", Book.of("" + i)) == null))
                    .toList();
            int winners = 0;
            for (Future<Boolean> result : results) {
                winners += result.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void anEvictionSaysWhetherThereWasAnEntry() {
        cache.put("key", BOOK);

        assertThat(cache.evictIfPresent("key")).isTrue();
        assertThat(cache.get("key")).isNull();
        assertThat(cache.evictIfPresent("key")).isFalse();
        cache.evict("key");
    }

    @Test
    void anInvalidationSaysWhetherThereWereEntries() {
        assertThat(cache.invalidate()).isFalse();
        cache.put("key", BOOK);
        cache.put("other", BOOK);

        assertThat(cache.invalidate()).isTrue();

        assertThat(cache.get("key")).isNull();
        assertThat(cache.get("other")).isNull();
        assertThat(store().groups("")).isEmpty();
    }

    @Test
    void aClearedCacheCanBeFilledAgain() {
        cache.put("key", BOOK);
        cache.clear();
        cache.put("key", OTHER);

        assertThat(value("key")).isEqualTo(OTHER);
    }

    @Test
    void aResetClearsEveryCache() {
        Cache another = Objects.requireNonNull(manager.getCache("another"));
        cache.put("key", BOOK);
        another.put("key", BOOK);

        manager.resetCaches();

        assertThat(store().groups("")).isEmpty();
        assertThat(manager.getCacheNames()).containsExactly("books", "another");
    }

    @Test
    void aCacheDoesNotSeeTheEntriesOfAnother() {
        cache.put("key", BOOK);

        assertThat(Objects.requireNonNull(manager.getCache("another")).get("key"))
                .isNull();
    }

    @Test
    void anotherManagerOfTheStoreSeesTheEntries() {
        cache.put("key", BOOK);
        KvCacheManager another = managerOf(store());

        assertThat(cacheOf(another).get("key", Book.class)).isEqualTo(BOOK);
        another.destroy();
    }

    @Test
    void anEntryThatCannotBeReadIsAMiss() {
        store().set("cache:books", "s:key", "neither JSON nor serialized");
        assertThat(cache.get("key")).isNull();
        assertThat(Objects.requireNonNull(cache.retrieve("key")).join()).isNull();

        assertThat(cache.putIfAbsent("key", BOOK)).isNull();
        assertThat(value("key")).isEqualTo(BOOK);

        store().set("cache:books", "s:key", "neither JSON nor serialized");
        assertThat(cache.get("key", () -> OTHER)).isEqualTo(OTHER);
        assertThat(value("key")).isEqualTo(OTHER);

        store().set("cache:books", "s:key", "neither JSON nor serialized");
        assertThat(cache.retrieve("key", () -> CompletableFuture.completedFuture(BOOK))
                        .join())
                .isEqualTo(BOOK);
    }

    @Test
    void aFutureHasTheValue() {
        assertThat(Objects.requireNonNull(cache.retrieve("key")).join()).isNull();
        cache.put("key", BOOK);

        assertThat(Objects.requireNonNull(cache.retrieve("key")).join())
                .isInstanceOfSatisfying(
                        ValueWrapper.class, value -> assertThat(value.get()).isEqualTo(BOOK));
    }

    @Test
    void aFutureLoadsOnceForAllWhoAsk() {
        AtomicInteger loads = new AtomicInteger();
        CompletableFuture<Book> slow = new CompletableFuture<>();
        List<CompletableFuture<Book>> results = IntStream.range(0, 16)
                .mapToObj(i -> cache.retrieve("key", () -> {
                    loads.incrementAndGet();
                    return slow;
                }))
                .toList();
        assertThat(results.get(3).cancel(true)).isTrue();

        slow.complete(BOOK);

        assertThat(results.get(0).join()).isEqualTo(BOOK);
        assertThat(results.get(15).join()).isEqualTo(BOOK);
        assertThat(loads).hasValue(1);
        assertThat(value("key")).isEqualTo(BOOK);
    }

    @Test
    void theExceptionOfAFutureIsPassedOn() {
        IllegalStateException failure = new IllegalStateException("slow service");

        assertThat(cache.retrieve("key", () -> CompletableFuture.failedFuture(failure)))
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withCause(failure);
        assertThat(cache.retrieve("key", () -> {
                    throw failure;
                }))
                .failsWithin(Duration.ofMinutes(1));
        assertThat(cache.retrieve("key", () -> CompletableFuture.completedFuture(BOOK))
                        .join())
                .isEqualTo(BOOK);
    }

    @Test
    void anExceptionOfAStoreThatIsClosedReachesTheCaller() {
        manager.destroy();

        assertThat(cache.retrieve("key", () -> CompletableFuture.completedFuture(BOOK)))
                .failsWithin(Duration.ofMinutes(1));
    }

    private static Book fail() {
        throw new AssertionError("It was loaded again");
    }
}
