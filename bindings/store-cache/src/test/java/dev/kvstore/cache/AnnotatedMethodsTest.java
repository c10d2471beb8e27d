package dev.kvstore.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Spring's annotations on methods of every kind. */
class AnnotatedMethodsTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "sync", "future", "syncFuture", "mono", "syncMono", "optional"})
    void aMethodIsCalledOnceForAKey(String method) {
        run(books -> {
            Optional<Book> first = books.call(method, "1");
            assertThat(first).contains(Book.of("1"));
            assertThat(books.call(method, "1")).isEqualTo(first);
            assertThat(books.calls).hasValue(1);

            assertThat(books.call(method, "2")).contains(Book.of("2"));
            assertThat(books.calls).hasValue(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "sync", "future", "syncFuture", "mono", "syncMono", "optional"})
    void nullIsCached(String method) {
        run(books -> {
            assertThat(books.call(method, "none")).isEmpty();
            assertThat(books.call(method, "none")).isEmpty();
            assertThat(books.calls).hasValue(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "sync", "future", "mono"})
    void anEvictionMakesTheMethodBeCalledAgain(String method) {
        run(books -> {
            books.call(method, "1");
            books.remove("1");
            books.call(method, "1");
            assertThat(books.calls).hasValue(2);

            books.store("1");
            books.call(method, "1");
            assertThat(books.calls).hasValue(2);
        });
    }

    private static void run(Consumer<Books> test) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Host.class)) {
            test.accept(context.getBean(Host.class).books);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Host {

        final Books books = new Books();

        @Bean
        SqliteKvStore store() {
            return SqliteKvStore.inMemory();
        }

        @Bean
        CacheManager cacheManager(KvStore store) {
            return KvCacheManager.builder(store)
                    .cache("books", KvCacheSettings.of(Duration.ofHours(1), 100).withType(Book.class))
                    .build();
        }

        @Bean
        Methods methods() {
            return new Methods(books.calls);
        }

        @Bean
        Object connection(Methods methods) {
            books.methods = methods;
            return books;
        }
    }

    /** Calls a method by its name, and waits for its result. */
    static class Books {

        final AtomicInteger calls = new AtomicInteger();

        @SuppressWarnings("NullAway.Init") // By the configuration.
        Methods methods;

        Optional<Book> call(String method, String isbn) {
            return switch (method) {
                case "plain" -> Optional.ofNullable(methods.plain(isbn));
                case "sync" -> Optional.ofNullable(methods.sync(isbn));
                case "future" -> Optional.ofNullable(methods.future(isbn).join());
                case "syncFuture" ->
                    Optional.ofNullable(methods.syncFuture(isbn).join());
                case "mono" -> methods.mono(isbn).blockOptional();
                case "syncMono" -> methods.syncMono(isbn).blockOptional();
                default -> methods.optional(isbn);
            };
        }

        void remove(String isbn) {
            methods.remove(isbn);
        }

        void store(String isbn) {
            methods.store(isbn);
        }
    }

    static class Methods {

        private final AtomicInteger calls;

        Methods(AtomicInteger calls) {
            this.calls = calls;
        }

        private @Nullable Book slow(String isbn) {
            calls.incrementAndGet();
            return isbn.equals("none") ? null : Book.of(isbn);
        }

        @Cacheable("books")
        public @Nullable Book plain(String isbn) {
            return slow(isbn);
        }

        @Cacheable(cacheNames = "books", sync = true)
        public @Nullable Book sync(String isbn) {
            return slow(isbn);
        }

        @Cacheable("books")
        public CompletableFuture<@Nullable Book> future(String isbn) {
            return CompletableFuture.completedFuture(slow(isbn));
        }

        @Cacheable(cacheNames = "books", sync = true)
        public CompletableFuture<@Nullable Book> syncFuture(String isbn) {
            return CompletableFuture.completedFuture(slow(isbn));
        }

        @Cacheable("books")
        public Mono<Book> mono(String isbn) {
            return Mono.fromSupplier(() -> slow(isbn));
        }

        @Cacheable(cacheNames = "books", sync = true)
        public Mono<Book> syncMono(String isbn) {
            return Mono.fromSupplier(() -> slow(isbn));
        }

        @Cacheable("books")
        public Optional<Book> optional(String isbn) {
            return Optional.ofNullable(slow(isbn));
        }

        @CacheEvict("books")
        public void remove(String isbn) {
            // Only the annotation.
        }

        @CachePut("books")
        public Book store(String isbn) {
            return Book.of(isbn);
        }
    }
}
