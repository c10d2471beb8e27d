package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.sqlite.file.FileIdentity;
import dev.kvstore.sqlite.file.OpenFile;
import dev.kvstore.sqlite.table.Schema;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Files of every origin are brought to the current schema with their data, or refused untouched. */
class MigrationTest {

    static final String KV_BEFORE_EXPIRY =
            "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (grp, key))";
    static final String KV_WITH_EXPIRY = "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL,"
            + " value TEXT NOT NULL, expires_at INTEGER, PRIMARY KEY (grp, key))";

    @TempDir
    Path directory;

    @Test
    void aNewFileRunsAllMigrationsOnce() throws Exception {
        Path file = directory.resolve("kvstore.db");

        openTwice(file);

        assertThat(history(file)).containsExactly("1 SQL", "2 SQL", "3 SQL", "4 JDBC");
        requireExpiryIndex(file);
    }

    @Test
    void aFileWithoutExpiryIsBaselinedAtVersionOne() throws Exception {
        Path file = fileWith(KV_BEFORE_EXPIRY, "INSERT INTO kv VALUES ('group', 'key', 'kept')");

        openTwice(file);

        assertThat(history(file)).containsExactly("1 BASELINE", "2 SQL", "3 SQL", "4 JDBC");
        requireKept(file);
        requireExpiryIndex(file);
    }

    @Test
    void aFileWithExpiryIsBaselinedAtVersionTwo() throws Exception {
        Path file = fileWith(KV_WITH_EXPIRY, "INSERT INTO kv VALUES ('group', 'key', 'kept', NULL)");

        openTwice(file);

        assertThat(history(file)).containsExactly("2 BASELINE", "3 SQL", "4 JDBC");
        requireKept(file);
        requireExpiryIndex(file);
    }

    @Test
    void tablesOfAnotherProgramAreKept() throws Exception {
        Path file = fileWith("CREATE TABLE customer (name TEXT)", "INSERT INTO customer VALUES ('Ada')");

        openTwice(file);

        assertThat(history(file)).containsExactly("0 BASELINE", "1 SQL", "2 SQL", "3 SQL", "4 JDBC");
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT name FROM customer")).containsExactly("Ada");
        }
    }

    @Test
    void flywayRefusesAHistoryWithAnotherChecksum() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("UPDATE kvstore_schema_history SET checksum = 1 WHERE version = '2'");
        }

        requireRefusedUntouched(file, Reason.OTHER, "checksum mismatch");

        requireClosed(file);
    }

    @Test
    void aMigrationInterruptedBetweenTwoVersionsIsCompleted() throws Exception {
        Path file = fileOfVersion(2, "INSERT INTO kv VALUES ('group', 'key', 'kept', NULL)");

        openTwice(file);

        assertThat(history(file)).containsExactly("1 SQL", "2 SQL", "3 SQL", "4 JDBC");
        requireKept(file);
        requireExpiryIndex(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void valuesOfEveryLengthAreKeptFromEveryVersion(int version) throws Exception {
        Path file = fileOfVersion(
                version,
                "INSERT INTO kv (grp, key, value) VALUES ('', '', '')",
                "INSERT INTO kv (grp, key, value) VALUES ('group', 'b', 'small'), ('group', 'a', 'first')",
                "INSERT INTO kv (grp, key, value) VALUES ('group', 'c', printf('%.512c', 'x'))",
                "INSERT INTO kv (grp, key, value) VALUES ('group', 'd', printf('%.513c', 'y'))",
                "INSERT INTO kv (grp, key, value) VALUES ('group', 'e', printf('%.100000c', 'z'))");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.getAll("")).containsExactly(entry("", ""));
            assertThat(kv.getAll("group"))
                    .containsExactly(
                            entry("a", "first"),
                            entry("b", "small"),
                            entry("c", "x".repeat(512)),
                            entry("d", "y".repeat(513)),
                            entry("e", "z".repeat(100_000)));
        }
        requireExpiryIndex(file);
    }

    @Test
    void aLargeTableIsRebuiltInBatchesWhoseProgressIsLogged() throws Exception {
        Path file = fileOfVersion(
                3,
                "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 249999)"
                        + " INSERT INTO kv SELECT 'group ' || (i % 7), 'key ' || i, 'value ' || i, iif(i % 10, NULL, i)"
                        + " FROM n");

        try (CapturedLog log = new CapturedLog()) {
            SqliteKvStore.open(file).close();

            assertThat(log.lines("INFO"))
                    .anyMatch(line -> line.contains(file.toString()) && line.contains("250000 entries"))
                    .anyMatch(line -> line.contains("200000 of 250000 entries"));
        }
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT count(*) || ' ' || count(expires_at) || ' ' || sum(grp = 'group '"
                            + " || (substr(key, 5) % 7) AND value = 'value ' || substr(key, 5)) FROM kv"))
                    .containsExactly("250000 25000 250000");
        }
    }

    @Test
    void theWalIsEmptyAfterARebuild() throws Exception {
        Path file = fileOfVersion(3, "INSERT INTO kv VALUES ('group', 'key', printf('%.100000c', 'x'), NULL)");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(FileIdentity.walOf(file)).isEmptyFile();
            assertThat(kv.count("group")).isEqualTo(1);
        }
    }

    @Test
    void aRebuildThatFailsHalfwayIsRolledBack() throws Exception {
        Path file = fileOfVersion(
                3,
                "INSERT INTO kv VALUES ('group', 'key', 'kept', NULL)",
                // A value that the definition forbids stops the copy.
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_master SET sql = replace(sql, 'value TEXT NOT NULL', 'value TEXT') WHERE name = 'kv'",
                "PRAGMA writable_schema = RESET",
                "INSERT INTO kv VALUES ('group', 'none', NULL, NULL)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_master SET sql = replace(sql, 'value TEXT', 'value TEXT NOT NULL') WHERE name = 'kv'");

        assertThatExceptionOfType(KvOpenException.class).isThrownBy(() -> SqliteKvStore.open(file));

        assertThat(history(file)).containsExactly("1 SQL", "2 SQL", "3 SQL");
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT value FROM kv WHERE key = 'key'")).containsExactly("kept");
            assertThat(foreign.query("SELECT name FROM sqlite_master WHERE name LIKE 'kv!_%' ESCAPE '!'"))
                    .containsExactly("kv_expires_at");
            foreign.execute("DELETE FROM kv WHERE key = 'none'");
        }
        requireKept(file);
    }

    /** A file as this library left it when its newest migration was the given one. */
    private Path fileOfVersion(int version, String... sql) throws SQLException {
        Path file = directory.resolve("kvstore.db");
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations("classpath:db/kvstore/sqlite")
                .table("kvstore_schema_history")
                .target(Integer.toString(version))
                .load()
                .migrate();
        return fileWith(sql);
    }

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

    @Test
    void aFileOfALaterGoStoreIsRefusedWithAReferenceToTheDocs() throws Exception {
        requireRefused(
                Reason.NOT_A_STORE,
                "docs/migrating-from-go-store.md",
                "CREATE TABLE entries (group_name TEXT NOT NULL, entry_key TEXT NOT NULL, entry_value TEXT NOT NULL,"
                        + " expires_at INTEGER, PRIMARY KEY (group_name, entry_key))",
                "INSERT INTO entries VALUES ('group', 'key', 'value', NULL)");
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("INSERT INTO kvstore_schema_history VALUES"
                    + " (99, '99', 'future', 'SQL', 'V99__future.sql', 0, '', '2030-01-01 00:00:00', 0, 1)");
        }

        requireRefused(file, Reason.NEWER, "newer version of this library");
    }

    @Test
    void aKvTableWithOtherColumnsIsRefused() throws Exception {
        requireRefused(Reason.NOT_A_STORE, "other columns", "CREATE TABLE kv (name TEXT PRIMARY KEY, content BLOB)");
    }

    @Test
    void aKvTableWithAnAdditionalColumnIsRefused() throws Exception {
        requireRefused(
                Reason.NOT_A_STORE,
                "other columns",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, owner TEXT)");
    }

    @Test
    void aKvTableWithoutTheCompositeKeyIsRefused() throws Exception {
        requireRefused(
                Reason.NOT_A_STORE,
                "other columns",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)");
    }

    @Test
    void aStoreWithoutItsTableIsRefused() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("DROP TABLE kv");
        }

        requireRefused(file, Reason.NOT_A_STORE, "missing");
    }

    @Test
    void aFileOfAnotherApplicationIsRefused() throws Exception {
        requireRefused(
                Reason.NOT_A_STORE,
                "another application",
                "PRAGMA application_id = 252006674",
                "CREATE TABLE checkout (id)");
    }

    @Test
    void theSchemaIsReadInOneSnapshotWhileAnotherProcessMigrates() throws Exception {
        Path file = directory.resolve("kvstore.db");
        fileOfVersion(3, "PRAGMA journal_mode = WAL");
        try (Foreign foreign = Foreign.open(file);
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            foreign.execute("DROP INDEX kv_expires_at")
                    .execute("ALTER TABLE kv DROP COLUMN expires_at")
                    .execute("UPDATE kvstore_schema_history SET success = 0 WHERE version > '1'");
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true)) {
                @Override
                @NullUnmarked
                public <T> List<T> query(String sql, RowMapper<T> mapper, Object... arguments) {
                    List<T> rows = super.query(sql, mapper, arguments);
                    if (sql.contains("pragma_table_xinfo") && arguments[0].equals("kv")) {
                        migrateTo2(foreign);
                    }
                    return rows;
                }
            };

            Schema schema = Schema.read(jdbc);

            schema.requireOpenable(file);
            assertThat(schema.isCurrent()).isFalse();
        }
    }

    private static void migrateTo2(Foreign foreign) {
        try {
            foreign.execute("BEGIN")
                    .execute("ALTER TABLE kv ADD COLUMN expires_at INTEGER")
                    .execute("UPDATE kvstore_schema_history SET success = 1 WHERE version = '2'")
                    .execute("COMMIT");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void requireRefused(Reason reason, String words, String... sql) throws Exception {
        requireRefused(fileWith(sql), reason, words);
    }

    private void requireRefused(Path file, Reason reason, String words) throws Exception {
        requireRefusedUntouched(file, reason, words);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        requireRefusedUntouched(killedWithWal(file), reason, words);
    }

    private static void requireRefusedUntouched(Path file, Reason reason, String words) throws Exception {
        byte[] before = Files.readAllBytes(file);
        Path log = FileIdentity.walOf(file);
        byte[] logBefore = Files.exists(log) ? Files.readAllBytes(log) : null;

        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> SqliteKvStore.open(file))
                .withMessageContaining(file.toString())
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Files.exists(log) ? Files.readAllBytes(log) : null).isEqualTo(logBefore);
    }

    /** No store counts as open, and where the system tells it no connection of this process is left. */
    private static void requireClosed(Path file) throws Exception {
        OpenFile.open(file, true).close();
        String path = file.toRealPath().toString();
        File[] descriptors = new File("/proc/self/fd").listFiles();
        if (descriptors != null) {
            assertThat(descriptors).extracting(File::getCanonicalPath).noneMatch(open -> open.startsWith(path));
        }
    }

    /** A copy of the file as a process leaves it that was killed: with a log that holds what the file does not. */
    private Path killedWithWal(Path file) throws Exception {
        Path copy = Files.createDirectory(directory.resolve("killed")).resolve(file.getFileName());
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("PRAGMA journal_mode = WAL").execute("CREATE TABLE pending (a)");
            Files.copy(file, copy);
            Files.copy(FileIdentity.walOf(file), FileIdentity.walOf(copy));
        }
        return copy;
    }

    private Path fileWith(String... sql) throws SQLException {
        Path file = directory.resolve("kvstore.db");
        try (Foreign foreign = Foreign.open(file)) {
            for (String statement : sql) {
                foreign.execute(statement);
            }
        }
        return file;
    }

    private Path goStoreFile(String name) throws Exception {
        Path file = directory.resolve(name + ".db");
        try (InputStream original = getClass().getResourceAsStream("/go-store/" + name + ".db")) {
            Files.copy(original, file);
        }
        return file;
    }

    private static void openTwice(Path file) {
        SqliteKvStore.open(file).close();
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("a group", "a key", "a value");
            assertThat(kv.count("a group")).isEqualTo(1);
        }
    }

    private static List<String> history(Path file) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            return foreign.query(
                    "SELECT version || ' ' || type FROM kvstore_schema_history WHERE success ORDER BY installed_rank");
        }
    }

    private static void requireKept(Path file) {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("kept");
        }
    }

    private static void requireExpiryIndex(Path file) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'kv'"))
                    .contains("kv_expires_at");
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
        }
    }
}
