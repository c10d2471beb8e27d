package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of go-store opens with its data if its version has the same table. */
class GoStoreFileTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"before-expiry", "with-expiry"})
    void aGoStoreFileOpensWithAllItsData(String name) throws Exception {
        Path file = goStoreFile(name);
        for (int i = 0; i < 2; i++) {
            try (SqliteKvStore kv = SqliteKvStore.open(file)) {
                assertThat(kv.getAll("config"))
                        .containsEntry("host", "localhost")
                        .containsEntry("port", "8080")
                        .hasSize(2);
                assertThat(kv.require("", "")).isEmpty();
                assertThat(kv.require("unicode", "żółć 漢字 🎉"))
                        .isEqualTo("multi\nline\ttab 'quote' \"double\" \\ % ; DROP TABLE kv;--");
                assertThat(kv.require("unicode", "nul\u0000key")).isEqualTo("nul\u0000value");
                assertThat(kv.require("large", "k".repeat(1_000))).isEqualTo("v".repeat(5_000));
                kv.set("config", "host", "localhost");
            }
        }
    }

    @Test
    void expiryTimesOfAGoStoreFileAreKept() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(goStoreFile("with-expiry"))) {
            assertThat(kv.getAll("session")).containsOnlyKeys("alive");
            assertThat(kv.purgeExpired()).isEqualTo(1);
        }
    }

    private Path goStoreFile(String name) throws Exception {
        Path file = directory.resolve(name + ".db");
        try (InputStream original = getClass().getResourceAsStream("/go-store/" + name + ".db")) {
            Files.copy(original, file);
        }
        return file;
    }
}
