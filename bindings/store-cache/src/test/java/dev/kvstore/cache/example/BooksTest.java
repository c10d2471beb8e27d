package dev.kvstore.cache.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;

@SpringBootTest(
        properties = {
            "kvstore.path=:memory:",
            "kvstore.caches.books.ttl=1h",
            "kvstore.caches.books.max-entries=10000",
            "kvstore.caches.books.type=dev.kvstore.cache.example.BooksTest.Book"
        })
class BooksTest {

    record Book(String isbn, String title) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    @Import(Books.class)
    static class Application {}

    @Service
    static class Books {

        private final AtomicInteger requests = new AtomicInteger();

        @Cacheable(cacheNames = "books", sync = true) // one request, however many ask at once
        public Book find(String isbn) {
            requests.incrementAndGet(); // a slow service
            return new Book(isbn, "Notes");
        }

        @CacheEvict("books")
        public void changed(String isbn) {}

        public int requests() {
            return requests.get();
        }
    }

    @Test
    void aBookIsRequestedOnceUntilItHasChanged(@Autowired Books books) {
        Book book = books.find("978-3");
        assertThat(books.find("978-3")).isEqualTo(book);
        assertThat(books.requests()).isEqualTo(1);

        books.changed("978-3");
        books.find("978-3");
        assertThat(books.requests()).isEqualTo(2);
    }
}
