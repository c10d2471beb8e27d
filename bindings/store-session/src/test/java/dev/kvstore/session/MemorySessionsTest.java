package dev.kvstore.session;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.InstantSource;

/** Sessions in memory fulfil the contract. */
class MemorySessionsTest extends SessionRepositoryContract {

    @Override
    KvStore openStore(InstantSource clock) {
        return SqliteKvStore.builder().inMemory().clock(clock).build();
    }

    @Override
    void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
