package dev.kvstore.cache;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.Duration;

/** Values by serialization, bounded by a ttl. */
class SerializedCacheTest extends CacheContract {

    private final SqliteKvStore store = SqliteKvStore.inMemory();

    @Override
    KvStore store() {
        return store;
    }

    @Override
    void closeStore() {
        store.close();
    }

    @Override
    KvCacheSettings settings() {
        return KvCacheSettings.of(Duration.ofHours(1), null);
    }
}
