package dev.kvstore.sqlite;

import dev.kvstore.KvStore;
import dev.kvstore.KvStoreContract;

/** A store in memory does what every store does. */
class MemoryStoreTest extends KvStoreContract {

    @Override
    protected KvStore openStore() {
        return SqliteKvStore.builder().inMemory().clock(clock).build();
    }

    @Override
    protected void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
