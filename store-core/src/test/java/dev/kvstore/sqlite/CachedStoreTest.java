package dev.kvstore.sqlite;

import dev.kvstore.KvStore;
import dev.kvstore.KvStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A store with a cache does what every store does. */
class CachedStoreTest extends KvStoreContract {

    @TempDir
    Path directory;

    @Override
    protected KvStore openStore() {
        return SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .clock(clock)
                .nearCache(DataSize.ofMegabytes(1))
                .build();
    }

    @Override
    protected void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
