package dev.kvstore.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.sqlite.file.StoreFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** Every connection of a store is opened with its pragmas and limits. */
class ConnectionSettingsTest {

    @TempDir
    Path directory;

    @Test
    void everyConnectionHasItsPragmas() throws Exception {
        Path file = directory.resolve("kvstore.db");
        StoreFile.prepare(file, false);
        SqliteSettings settings = new SqliteSettings(file, Durability.NORMAL, Duration.ofMillis(100), 1, false, false);
        SqliteConnections connections = new SqliteConnections(settings);

        try (StoreConnection writer = new StoreConnection(connections.openWriter(), "writer");
                StoreConnection migration =
                        new StoreConnection(connections.migrationDataSource().getConnection(), "migration");
                StoreConnection reader = new StoreConnection(connections.openReader(), "reader")) {
            for (StoreConnection connection : List.of(writer, migration, reader)) {
                assertThat(pragma(connection, "PRAGMA journal_mode")).isEqualTo("wal");
                assertThat(pragma(connection, "PRAGMA synchronous")).isEqualTo("1");
                assertThat(pragma(connection, "PRAGMA busy_timeout")).isEqualTo("100");
                assertThat(pragma(connection, "PRAGMA trusted_schema")).isEqualTo("0");
                assertThat(pragma(connection, "PRAGMA cell_size_check")).isEqualTo("1");
                assertThat(pragma(connection, "PRAGMA checkpoint_fullfsync")).isEqualTo("1");
                assertThat(pragma(connection, "PRAGMA fullfsync")).isEqualTo("0");
            }
            assertThat(pragma(writer, "PRAGMA query_only")).isEqualTo("0");
            assertThat(pragma(reader, "PRAGMA query_only")).isEqualTo("1");
        }
    }

    @Test
    void aConnectionCanAttachNoOtherDatabase() {
        Path other = directory.resolve("other.db");
        Path file = directory.resolve("kvstore.db");
        StoreFile.prepare(file, false);
        SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofMillis(100), 1, false, false);

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> {
            try (StoreConnection writer = new StoreConnection(new SqliteConnections(settings).openWriter(), "writer")) {
                writer.call(jdbc -> jdbc.update("ATTACH DATABASE ? AS other", other.toString()));
            }
        });
        assertThat(other).doesNotExist();
    }

    private static String pragma(StoreConnection connection, String pragma) {
        return String.valueOf(connection.<Object>call(
                jdbc -> jdbc.queryForMap(pragma).values().iterator().next()));
    }
}
