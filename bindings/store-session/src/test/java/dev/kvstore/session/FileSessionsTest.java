package dev.kvstore.session;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in a file fulfil the contract. */
@Heavy
class FileSessionsTest extends SessionRepositoryContract {

    @TempDir
    static Path directory;

    private static int files;

    @Override
    KvStore openStore(InstantSource clock) {
        files++;
        return SqliteKvStore.builder()
                .file(directory.resolve(files + ".db"))
                .clock(clock)
                .build();
    }

    @Override
    void closeStore(KvStore store) {
        ((SqliteKvStore) store).close();
    }
}
