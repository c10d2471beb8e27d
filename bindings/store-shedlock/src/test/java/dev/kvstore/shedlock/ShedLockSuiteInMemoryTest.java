package dev.kvstore.shedlock;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import org.junit.jupiter.api.AfterEach;

class ShedLockSuiteInMemoryTest extends ShedLockSuite {

    private final SqliteKvStore store = SqliteKvStore.inMemory();

    @Override
    KvStore store() {
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }
}
