package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/**
 * An old file is migrated only while nobody else has it open: a process of an older version would go on writing,
 * without versions.
 */
class OlderVersionRunsTest {

    private static final int CURRENT_BEFORE_VERSIONS = 4;
    private static final String WAL = "PRAGMA journal_mode = WAL";
    private static final String ENTRY = "INSERT INTO kv (grp, key, value) VALUES ('group', 'key', 'kept')";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void resolvePath() {
        file = directory.resolve("kvstore.db");
    }

    @Tag("slow")
    @Test
    void aFileThatAnOlderProcessKeepsWritingIsRefusedUntilThatEnds() throws Exception {
        LegacyFile.ofVersion(file, CURRENT_BEFORE_VERSIONS, WAL);
        List<String> schema = schema();
        long written;
        try (ChildProcess older = ChildProcess.start(OlderProcess.class, List.of(), file)) {
            older.awaitLine("writing");

            requireRefused();

            assertThat(schema()).isEqualTo(schema);
            older.proceed();
            written = Long.parseLong(older.awaitLine("wrote ").substring("wrote ".length()));
            older.awaitEnd();
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.count("group")).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, CURRENT_BEFORE_VERSIONS})
    void aConnectionThatHasOnlyReadIsEnough(int version) throws Exception {
        LegacyFile.ofVersion(file, version, WAL, ENTRY);
        List<String> schema = schema();
        try (Foreign reader = Foreign.open(file)) {
            assertThat(reader.query("SELECT value FROM kv")).containsExactly("kept");

            requireRefused();

            assertThat(schema()).isEqualTo(schema);
        }
        requireMigrated();
    }

    @Test
    void aFileOfGoStoreIsRefusedWhileItIsOpen() throws Exception {
        LegacyFile.write(file, LegacyFile.KV_WITH_EXPIRY, WAL, ENTRY);
        try (Foreign goStore = Foreign.open(file)) {
            goStore.execute("UPDATE kv SET value = 'kept'");

            requireRefused();

            assertThat(goStore.query("SELECT name FROM sqlite_schema WHERE type = 'table'"))
                    .containsExactly("kv");
        }
        requireMigrated();
    }

    @Test
    void aStoreWithANearCacheIsNoException() throws Exception {
        LegacyFile.ofVersion(file, CURRENT_BEFORE_VERSIONS, WAL, ENTRY);
        SqliteKvStore.Builder builder = SqliteKvStore.builder()
                .file(file)
                .nearCache(DataSize.ofMegabytes(1))
                .busyTimeout(Duration.ofMillis(1));
        try (Foreign reader = Foreign.open(file)) {
            reader.query("SELECT value FROM kv");

            assertThatExceptionOfType(KvOpenException.class)
                    .isThrownBy(builder::build)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
        }
        try (SqliteKvStore kv = builder.build()) {
            assertThat(kv.get("group", "key")).contains("kept");
        }
    }

    @Test
    void aFileWithoutATableOfOursIsAdoptedWhileItIsOpen() throws Exception {
        LegacyFile.write(file, WAL, "CREATE TABLE customer (name TEXT)");
        try (Foreign other = Foreign.open(file)) {
            other.query("SELECT name FROM customer");

            try (SqliteKvStore kv = SqliteKvStore.open(file)) {
                kv.set("group", "key", "value");
            }
        }
    }

    @Test
    void aCurrentFileIsOpenedWhileOthersHaveItOpen() throws Exception {
        SqliteKvStore.open(file).close();
        try (Foreign other = Foreign.open(file)) {
            other.execute(ENTRY);

            try (SqliteKvStore kv = SqliteKvStore.open(file)) {
                assertThat(kv.get("group", "key")).contains("kept");
            }
        }
    }

    private void requireRefused() {
        SqliteKvStore.Builder builder = SqliteKvStore.builder().file(file).busyTimeout(Duration.ofMillis(1));
        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(builder::build)
                .withMessageContaining(file.toString())
                .withMessageContaining("Stop the older version first")
                .withMessageContaining("Nothing was changed.")
                .withMessageContaining("busyTimeout")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
    }

    private void requireMigrated() throws SQLException {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("kept");
        }
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT version FROM kv")).containsExactly("1");
        }
    }

    private List<String> schema() throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            return foreign.query("SELECT sql FROM sqlite_schema UNION ALL SELECT version FROM kvstore_schema_history");
        }
    }

    /** A process of the version before: it writes without versions. */
    static final class OlderProcess {

        private OlderProcess() {}

        public static void main(String[] arguments) throws Exception {
            try (Foreign foreign = Foreign.open(Path.of(arguments[0]))) {
                int written = 0;
                while (System.in.available() == 0) {
                    foreign.executeWith(
                            "INSERT INTO kv (grp, key, value) VALUES ('group', ?, 'value')", "key " + written++);
                    if (written == 1) {
                        System.out.println("writing");
                    }
                }
                System.out.println("wrote " + written);
            }
        }
    }
}
