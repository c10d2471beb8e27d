package dev.kvstore.security;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.InstantSource;

/** Tokens in memory fulfil the contract. */
class MemoryTokensTest extends TokensContract {

    @Override
    KvStore openStore(InstantSource clock) {
        return SqliteKvStore.builder().inMemory().clock(clock).build();
    }

    @Override
    void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
