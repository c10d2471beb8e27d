package dev.kvstore.contract;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A store with a near cache fulfils the contract. */
@Heavy
class NearCachedStoreTest extends KvStoreContract {

    @TempDir
    Path directory;

    private int stores;

    @Override
    protected KvStore openStore(InstantSource clock) {
        return SqliteKvStore.builder()
                .file(EmptyFile.writeTo(directory.resolve("kvstore" + stores++ + ".db")))
                .clock(clock)
                .nearCache(DataSize.ofMegabytes(1))
                .build();
    }

    @Override
    protected void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
