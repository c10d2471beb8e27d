package dev.kvstore.shedlock;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two stores have one file open, as two processes would; the suite takes locks from one and the other in turn. */
@Heavy
class ShedLockSuiteOnFileTest extends ShedLockSuite {

    @TempDir
    Path directory;

    private final AtomicInteger calls = new AtomicInteger();
    private SqliteKvStore[] stores = {};

    @BeforeEach
    void open() {
        Path file = directory.resolve("kvstore.db");
        stores = new SqliteKvStore[] {SqliteKvStore.open(file), SqliteKvStore.open(file)};
    }

    @AfterEach
    void close() {
        for (SqliteKvStore store : stores) {
            store.close();
        }
    }

    @Override
    KvStore store() {
        return stores[calls.incrementAndGet() % 2];
    }
}
