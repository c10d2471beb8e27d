package dev.kvstore.sqlite;

import dev.kvstore.KvStore;
import dev.kvstore.KvStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A store in a file does what every store does. */
class FileStoreTest extends KvStoreContract {

    @TempDir
    Path directory;

    @Override
    protected KvStore openStore() {
        return SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .clock(clock)
                .build();
    }

    @Override
    protected void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
