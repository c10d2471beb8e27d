package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.kvstore.KvOpenException;
import dev.kvstore.sqlite.file.FileIdentity;
import dev.kvstore.sqlite.table.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A file of an earlier version, or of a program with the same table, is migrated and keeps its data. */
class MigrationTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void resolvePath() {
        file = directory.resolve("kvstore.db");
    }

    @Test
    void aNewFileRunsAllMigrationsOnce() throws Exception {
        openTwice();

        assertThat(history()).containsExactly("1 SQL", "2 SQL", "3 SQL", "4 JDBC", "5 SQL", "6 SQL");
        requireExpiryIndex();
    }

    @Test
    void aFileWithoutExpiryIsBaselinedAtVersionOne() throws Exception {
        LegacyFile.write(file, LegacyFile.KV_BEFORE_EXPIRY, "INSERT INTO kv VALUES ('group', 'key', 'kept')");

        openTwice();

        assertThat(history()).containsExactly("1 BASELINE", "2 SQL", "3 SQL", "4 JDBC", "5 SQL", "6 SQL");
        requireKept();
        requireExpiryIndex();
    }

    @Test
    void aFileWithExpiryIsBaselinedAtVersionTwo() throws Exception {
        LegacyFile.write(file, LegacyFile.KV_WITH_EXPIRY, "INSERT INTO kv VALUES ('group', 'key', 'kept', NULL)");

        openTwice();

        assertThat(history()).containsExactly("2 BASELINE", "3 SQL", "4 JDBC", "5 SQL", "6 SQL");
        requireKept();
        requireExpiryIndex();
    }

    @Test
    void tablesOfAnotherProgramAreKept() throws Exception {
        LegacyFile.write(file, "CREATE TABLE customer (name TEXT)", "INSERT INTO customer VALUES ('Ada')");

        openTwice();

        assertThat(history()).containsExactly("0 BASELINE", "1 SQL", "2 SQL", "3 SQL", "4 JDBC", "5 SQL", "6 SQL");
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT name FROM customer")).containsExactly("Ada");
        }
    }

    @Test
    void aMigrationInterruptedBetweenTwoVersionsIsCompleted() throws Exception {
        LegacyFile.ofVersion(file, 2, "INSERT INTO kv VALUES ('group', 'key', 'kept', NULL)");

        openTwice();

        assertThat(history()).containsExactly("1 SQL", "2 SQL", "3 SQL", "4 JDBC", "5 SQL", "6 SQL");
        requireKept();
        requireExpiryIndex();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void valuesOfEveryLengthAreKeptFromEveryVersion(int version) throws Exception {
        LegacyFile.ofVersion(
                file,
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
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT version FROM kv_entry")).hasSize(6).containsOnly("1");
        }
        requireExpiryIndex();
    }

    @Test
    void versionFourKeepsItsValuesWhereTheyAre() throws Exception {
        LegacyFile.ofVersion(
                file,
                4,
                "INSERT INTO kv (grp, key, value, expires_at) VALUES ('group', 'a', 'small', 9000000000000)",
                "INSERT INTO kv_entry (grp, key, value) VALUES ('group', 'b', printf('%.513c', 'y'))",
                "INSERT INTO kv_entry (grp, key, value, expires_at) VALUES ('group', 'c', printf('%.600c', 'z'), 1)");

        openTwice();

        try (SqliteKvStore kv = SqliteKvStore.open(file);
                Foreign foreign = Foreign.open(file)) {
            assertThat(kv.getAll("group")).containsExactly(entry("a", "small"), entry("b", "y".repeat(513)));
            assertThat(foreign.query("SELECT key || ' ' || version || ' ' || coalesce(value_id, '') || ' '"
                            + " || coalesce(expires_at, '') FROM kv WHERE grp = 'group'"))
                    .containsExactly("a 1  9000000000000", "b 1 1 ", "c 1 2 1");
            assertThat(foreign.query("SELECT id || ' ' || version FROM kv_large"))
                    .containsExactly("1 1", "2 1");
            assertThat(foreign.query("SELECT low > 1 AND high >= low FROM kv_meta"))
                    .containsExactly("1");
        }
    }

    @Test
    void aLargeTableIsRebuiltInBatchesWhoseProgressIsLogged() throws Exception {
        LegacyFile.ofVersion(
                file,
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
        LegacyFile.ofVersion(file, 3, "INSERT INTO kv VALUES ('group', 'key', printf('%.100000c', 'x'), NULL)");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(FileIdentity.walOf(file)).isEmptyFile();
            assertThat(kv.count("group")).isEqualTo(1);
        }
    }

    @Test
    void aRebuildThatFailsHalfwayIsRolledBack() throws Exception {
        LegacyFile.ofVersion(
                file,
                3,
                "INSERT INTO kv VALUES ('group', 'key', 'kept', NULL)",
                // A NULL, which the definition forbids, stops the copy.
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_master SET sql = replace(sql, 'value TEXT NOT NULL', 'value TEXT') WHERE name = 'kv'",
                "PRAGMA writable_schema = RESET",
                "INSERT INTO kv VALUES ('group', 'none', NULL, NULL)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_master SET sql = replace(sql, 'value TEXT', 'value TEXT NOT NULL') WHERE name = 'kv'");

        assertThatExceptionOfType(KvOpenException.class).isThrownBy(() -> SqliteKvStore.open(file));

        assertThat(history()).containsExactly("1 SQL", "2 SQL", "3 SQL");
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT value FROM kv WHERE key = 'key'")).containsExactly("kept");
            assertThat(foreign.query("SELECT name FROM sqlite_master WHERE name LIKE 'kv!_%' ESCAPE '!'"))
                    .containsExactly("kv_expires_at");
            foreign.execute("DELETE FROM kv WHERE key = 'none'");
        }
        requireKept();
    }

    @Test
    void theSchemaIsReadInOneSnapshotWhileAnotherProcessMigrates() throws Exception {
        LegacyFile.ofVersion(file, 3, "PRAGMA journal_mode = WAL");
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
                        migrateToVersionTwo(foreign);
                    }
                    return rows;
                }
            };

            Schema schema = Schema.read(jdbc);

            schema.requireOpenable(file);
            assertThat(schema.isCurrent()).isFalse();
        }
    }

    private static void migrateToVersionTwo(Foreign foreign) {
        try {
            foreign.execute("BEGIN")
                    .execute("ALTER TABLE kv ADD COLUMN expires_at INTEGER")
                    .execute("UPDATE kvstore_schema_history SET success = 1 WHERE version = '2'")
                    .execute("COMMIT");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void openTwice() {
        SqliteKvStore.open(file).close();
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("a group", "a key", "a value");
            assertThat(kv.count("a group")).isEqualTo(1);
        }
    }

    private List<String> history() throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            return foreign.query(
                    "SELECT version || ' ' || type FROM kvstore_schema_history WHERE success ORDER BY installed_rank");
        }
    }

    private void requireKept() {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("kept");
        }
    }

    private void requireExpiryIndex() throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'kv'"))
                    .contains("kv_expires_at");
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
        }
    }
}
