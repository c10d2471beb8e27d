package dev.kvstore.contract;

import dev.kvstore.Durability;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The view of a group as a map passes the tests that Guava has for every concurrent map. */
class MapSuiteTest {

    @TempDir
    static Path directory;

    private static SqliteKvStore memory;
    private static SqliteKvStore cached;

    @BeforeAll
    static void open() {
        memory = SqliteKvStore.inMemory();
        cached = SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .durability(Durability.NORMAL)
                .nearCache(DataSize.ofMegabytes(1))
                .build();
    }

    @AfterAll
    static void close() {
        memory.close();
        cached.close();
    }

    @TestFactory
    Stream<DynamicNode> inMemory() {
        return GuavaMapTests.of(memory);
    }

    @TestFactory
    Stream<DynamicNode> inAFileWithANearCache() {
        return GuavaMapTests.of(cached);
    }
}
