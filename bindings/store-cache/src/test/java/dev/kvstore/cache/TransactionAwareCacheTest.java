package dev.kvstore.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.sqlite.SqliteKvStore;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/** A put waits for the commit if the manager was made so, and otherwise does not. */
class TransactionAwareCacheTest {

    private final SqliteKvStore store = SqliteKvStore.inMemory();

    @AfterEach
    void close() {
        TransactionSynchronizationManager.clearSynchronization();
        store.close();
    }

    private Cache cacheInTransaction(boolean aware) {
        KvCacheManager manager = KvCacheManager.builder(store).build();
        manager.setTransactionAware(aware);
        TransactionSynchronizationManager.initSynchronization();
        return Objects.requireNonNull(manager.getCache("books"));
    }

    @Test
    void aPutHappensAfterTheCommit() {
        Cache cache = cacheInTransaction(true);
        cache.put("key", "value");
        assertThat(cache.get("key")).isNull();

        TransactionSynchronizationUtils.triggerAfterCommit();

        assertThat(cache.get("key", String.class)).isEqualTo("value");
    }

    @Test
    void aPutHappensAtOnceByDefault() {
        Cache cache = cacheInTransaction(false);
        cache.put("key", "value");

        assertThat(cache.get("key", String.class)).isEqualTo("value");
    }
}
