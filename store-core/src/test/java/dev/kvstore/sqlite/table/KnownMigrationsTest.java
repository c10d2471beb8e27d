package dev.kvstore.sqlite.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store opens without Flyway if its history is exactly the one that the code expects. */
class KnownMigrationsTest {

    @TempDir
    Path directory;

    @Test
    void theExpectedHistoryMatchesTheMigrationFiles() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();

        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query(
                            "SELECT version || ' ' || checksum FROM kvstore_schema_history ORDER BY installed_rank"))
                    .isEqualTo(Schema.MIGRATIONS.stream()
                            .map(migration -> migration.version() + " " + migration.checksum())
                            .toList());
        }
    }
}
