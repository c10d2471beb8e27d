package dev.kvstore.contract;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** A store in a file fulfils the contract. */
class FileStoreTest extends KvStoreContract {

    @TempDir
    Path directory;

    private int stores;

    @Override
    protected KvStore openStore(InstantSource clock) {
        return SqliteKvStore.builder()
                .file(EmptyFile.writeTo(directory.resolve("kvstore" + stores++ + ".db")))
                .clock(clock)
                .build();
    }

    @Override
    protected void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
