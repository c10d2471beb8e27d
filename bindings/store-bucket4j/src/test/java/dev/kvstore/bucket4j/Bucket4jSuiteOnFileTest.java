package dev.kvstore.bucket4j;

import dev.kvstore.Heavy;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@Heavy
class Bucket4jSuiteOnFileTest extends Bucket4jSuite {

    @SuppressWarnings("NullAway.Init") // By open().
    private static SqliteKvStore store;

    @BeforeAll
    static void open(@TempDir Path directory) {
        store = SqliteKvStore.open(directory.resolve("kvstore.db"));
        test(store);
    }

    @AfterAll
    static void close() {
        store.close();
    }
}
