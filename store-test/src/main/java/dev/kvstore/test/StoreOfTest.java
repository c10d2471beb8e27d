package dev.kvstore.test;

import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The store of one test.
 *
 * @param directory contains the file and is deleted after the test; null for a store in memory
 */
record StoreOfTest(
        SqliteKvStore store, TestClock clock, @Nullable Path directory) {

    static StoreOfTest open(boolean inFile, TestClock clock, UnaryOperator<SqliteKvStore.Builder> settings) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder().clock(clock::instant);
        if (!inFile) {
            return new StoreOfTest(settings.apply(builder.inMemory()).build(), clock, null);
        }
        try {
            Path directory = Files.createTempDirectory("kvstore-test");
            builder.file(directory.resolve("kvstore.db"));
            return new StoreOfTest(settings.apply(builder).build(), clock, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Not AutoCloseable: JUnit 6 would close it again after the extension.
    void close() throws IOException {
        store.close();
        FileSystemUtils.deleteRecursively(directory);
    }
}
