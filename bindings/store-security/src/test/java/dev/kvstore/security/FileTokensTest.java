package dev.kvstore.security;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in a file fulfil the contract. */
class FileTokensTest extends TokensContract {

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
