package dev.kvstore.contract;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.InstantSource;

/** A store in memory fulfils the contract. */
class MemoryStoreTest extends KvStoreContract {

    @Override
    protected KvStore openStore(InstantSource clock) {
        return SqliteKvStore.builder().inMemory().clock(clock).build();
    }

    @Override
    protected void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
