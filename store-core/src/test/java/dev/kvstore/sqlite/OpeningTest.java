package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.sqlite.file.StoreFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store opens the file that its path names, and finds its entries there again. */
class OpeningTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":memory:",
                "file:kvstore.db",
                "kv.db?mode=memory",
                "kv.db?cipher=x&key=y#fragment",
                "100%41.db",
                "with blanks and 'quotes'",
                "漢字 é.db",
                ":resource:kv.db"
            })
    void everyFileNameIsTakenLiterally(String name) throws Exception {
        Path file = directory.resolve(name);

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void aSymbolicLinkIsFollowed() throws Exception {
        Path target = directory.resolve("target/kvstore.db");
        SqliteKvStore.open(target).close();
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), target);

        try (SqliteKvStore kv = SqliteKvStore.open(link)) {
            kv.set("group", "key", "value");
        }

        try (SqliteKvStore kv = SqliteKvStore.open(target)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void entriesSurviveReopening() {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void storesInMemoryAreIndependent() {
        try (SqliteKvStore first = SqliteKvStore.inMemory();
                SqliteKvStore second = SqliteKvStore.inMemory()) {
            first.set("group", "key", "value");

            assertThat(second.get("group", "key")).isEmpty();
        }
    }

    @Test
    void anEmptyFileBecomesANewStore() throws Exception {
        Path file = Files.createFile(directory.resolve("kvstore.db"));

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.count("group")).isZero();
        }
    }

    @Test
    void theDirectoryOfANewFileIsSyncedInAnInterruptedThreadAsWell() {
        try (CapturedLog log = new CapturedLog()) {
            Thread.currentThread().interrupt();
            StoreFile.prepare(directory.resolve("a/kvstore.db"), false);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(log.lines("DEBUG")).noneMatch(line -> line.contains("does not sync directories"));
        }
    }
}
