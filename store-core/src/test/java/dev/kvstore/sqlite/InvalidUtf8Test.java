package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.kvstore.MovedClock;
import dev.kvstore.engine.Value;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.table.SqliteDialect;
import dev.kvstore.sqlite.table.Versions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.util.unit.DataSize;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;

/**
 * Strings of Go and of other programs can hold any bytes. An entry with bytes that are not UTF-8 is kept unchanged,
 * counted when the file is adopted, and named by an error when it is read; no call hangs because of it.
 */
@Timeout(300)
class InvalidUtf8Test {

    private static final String TABLE = LegacyFile.KV_WITH_EXPIRY;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void chooseAFile() {
        file = directory.resolve("kvstore.db");
    }

    @Test
    void readingAGroupWithManyInvalidKeysFailsAndNamesOne() throws Exception {
        fileWith(TABLE, keys(1_500, "'key ' || char(65 + i % 26)", "printf('%02X', 128 + i % 64)"));

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.count("group")).isEqualTo(1_500);
            requireInvalid(() -> kv.getAll("group"), "'group/key A\\x80", "not valid UTF-8");
            requireInvalid(() -> kv.render("[(${#all})]", "group"), "'group/key A\\x80");
        }
    }

    @Test
    void aMigrationInSeveralBatchesKeepsEveryInvalidKey() throws Exception {
        fileWith(
                TABLE, keys(100_500, "''", "printf('%02X', 128 + i % 64)"), "INSERT INTO kv VALUES ('a', 'b', 'c', 1)");
        List<String> before = entries("kv");

        try (CapturedLog log = new CapturedLog()) {
            SqliteKvStore.open(file).close();
            SqliteKvStore.open(file).close();

            assertThat(log.lines("WARN"))
                    .filteredOn(line -> line.contains("UTF-8"))
                    .singleElement()
                    .asString()
                    .contains(file.toString(), "100500 entries");
        }
        assertThat(entries("kv_entry")).hasSize(100_501).isEqualTo(before);
    }

    @Test
    void keysThatDifferOnlyInInvalidBytesStayDistinct() throws Exception {
        fileWith(
                TABLE,
                "INSERT INTO kv VALUES ('group', CAST(x'61FF' AS TEXT), 'one', NULL)",
                "INSERT INTO kv VALUES ('group', CAST(x'61FE' AS TEXT), 'two', NULL)",
                "INSERT INTO kv VALUES ('group', 'a\uFFFD', 'three', NULL)");
        List<String> before = entries("kv");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "a\uFFFD")).contains("three");
            requireInvalid(() -> kv.getAll("group"), "'group/a\\xFE'");
            assertThat(kv.count("group")).isEqualTo(3);
        }
        assertThat(entries("kv_entry")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 499, 500, 501, 999, 1_000, 1_001})
    void anInvalidKeyAtASliceBoundaryIsNamed(int place) throws Exception {
        fileWith(
                TABLE,
                keys(1_200, "printf('%05d', i)", "''"),
                "UPDATE kv SET key = CAST(CAST(key AS BLOB) || x'FF' AS TEXT) WHERE key = printf('%05d', " + place
                        + ")");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            requireInvalid(() -> kv.getAll("group"), "'group/%05d\\xFF'".formatted(place));
        }
    }

    @Test
    void anInvalidKeyBetweenTwoBatchesOfTheMigrationLosesNoEntry() throws Exception {
        fileWith(
                TABLE,
                keys(100_002, "printf('%06d', i)", "''"),
                "UPDATE kv SET key = CAST(CAST(key AS BLOB) || x'FFFE' AS TEXT) WHERE key = '099999'");
        List<String> before = entries("kv");

        SqliteKvStore.open(file).close();

        assertThat(entries("kv_entry")).isEqualTo(before);
    }

    @Test
    void groupsAndKeysOfTypeBlobAreKeptUnchanged() throws Exception {
        fileWith(
                TABLE,
                keys(100_000, "printf('%06d', i)", "''"),
                "INSERT INTO kv VALUES ('group', x'6161', 'one', NULL), (x'61', 'a', 'two', NULL)",
                "INSERT INTO kv VALUES (x'62', x'61', 'three', NULL)");
        List<String> before = entries("kv");

        try (CapturedLog log = new CapturedLog()) {
            SqliteKvStore.open(file).close();
            assertThat(log.lines("WARN")).anyMatch(line -> line.contains("3 entries"));
        }

        assertThat(entries("kv_entry")).isEqualTo(before);
    }

    @Test
    void readingAGroupWithManyKeysOfTypeBlobFailsAndDoesNotHang() throws Exception {
        fileWith(TABLE, keys(1_500, "printf('%06d', i)", "''").replace("AS TEXT", "AS BLOB"));

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            requireInvalid(() -> kv.getAll("group"), "'group'", "not text");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 600, 100_000, 5_000_000})
    void anInvalidValueOfAnyLengthIsNamed(int length) throws Exception {
        fileWith(
                TABLE,
                "INSERT INTO kv VALUES ('group', 'broken', CAST(x'F09F8E' || zeroblob(" + length + ") AS TEXT), NULL)",
                "INSERT INTO kv VALUES ('group', 'whole', CAST(zeroblob(" + length
                        + ") AS TEXT) || '\u017c\uFFFD', NULL)");
        List<String> before = entries("kv");

        try (CapturedLog log = new CapturedLog();
                SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(log.lines("WARN")).anyMatch(line -> line.contains("has 1 entries"));
            requireInvalid(() -> kv.get("group", "broken"), "The value of 'group/broken'");
            requireInvalid(() -> kv.getAll("group"), "The value of 'group/broken'");
            assertThat(kv.require("group", "whole")).endsWith("\u017c\uFFFD").hasSize(length + 2);
            assertThat(entries("kv_entry")).isEqualTo(before);
        }
    }

    @Test
    void anEntryWithAnInvalidValueIsContainedWithAndWithoutANearCache() throws Exception {
        fileWith(TABLE, "INSERT INTO kv VALUES ('group', 'key', CAST(x'FF' AS TEXT), NULL)");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.group("group").contains("key")).isTrue();
        }
        try (SqliteKvStore kv = SqliteKvStore.builder()
                .file(file)
                .nearCache(DataSize.ofMegabytes(1))
                .build()) {
            assertThat(kv.group("group").contains("key")).isTrue();
            assertThat(kv.group("group").contains("other")).isFalse();
        }
    }

    @Test
    void aStoreWithANearCacheNamesAnInvalidValue() throws Exception {
        fileWith(TABLE, "INSERT INTO kv VALUES ('group', 'key', CAST(x'FF' AS TEXT), NULL)");

        try (SqliteKvStore kv = SqliteKvStore.builder()
                .file(file)
                .nearCache(DataSize.ofMegabytes(1))
                .build()) {
            requireInvalid(() -> kv.get("group", "key"), "The value of 'group/key'");
            kv.set("group", "key", "replaced");
            assertThat(kv.get("group", "key")).contains("replaced");
        }
    }

    @Test
    void listingGroupsNamesAnInvalidGroup() throws Exception {
        fileWith(
                TABLE,
                "INSERT INTO kv VALUES ('a', 'key', 'value', NULL), (CAST(x'61FF' AS TEXT), 'key', 'value', NULL)",
                "INSERT INTO kv VALUES ('b', 'key', 'value', NULL), (CAST(x'FE' AS TEXT), 'key', 'value', 1000)",
                "INSERT INTO kv VALUES (x'62', 'key', 'value', NULL)");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.groups("a").limit(1)).containsExactly("a");
            requireInvalid(() -> kv.groups("").limit(10).forEach(group -> {}), "The group 'a\\xFF'", "not valid UTF-8");
            requireInvalid(() -> kv.groups("a").limit(10).forEach(group -> {}), "The group 'a\\xFF'");
        }
    }

    @Test
    void groupsWithAnotherPrefixAreListed() throws Exception {
        fileWith(
                TABLE,
                "INSERT INTO kv VALUES ('a', 'key', 'value', NULL), (CAST(x'61FF' AS TEXT), 'key', 'value', NULL)",
                "INSERT INTO kv VALUES ('b', 'key', 'value', NULL), (CAST(x'FE' AS TEXT), 'key', 'value', 1000)",
                "INSERT INTO kv VALUES (x'62', 'key', 'value', NULL)");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.groups("b").limit(10)).containsExactly("b");
            assertThat(kv.groups("aa").limit(10)).isEmpty();
        }
    }

    @Test
    void anExpiredInvalidValueIsAbsentFromAStoreWithANearCache() throws Exception {
        fileWith(TABLE, "INSERT INTO kv VALUES ('group', 'key', CAST(x'FF' AS TEXT), 86400000)");
        MovedClock clock = new MovedClock();
        clock.move(Duration.ofMillis(86_399_999 - clock.millis()));

        try (SqliteKvStore kv = SqliteKvStore.builder()
                .file(file)
                .clock(clock)
                .nearCache(DataSize.ofMegabytes(1))
                .build()) {
            requireInvalid(() -> kv.get("group", "key"), "The value of 'group/key'");
            clock.move(Duration.ofMillis(1));
            assertThat(kv.get("group", "key")).isEmpty();
            clock.move(Duration.ofMillis(-1));
            requireInvalid(() -> kv.get("group", "key"), "The value of 'group/key'");
        }
    }

    @Test
    void invalidEntriesCanBeReplacedDeletedAndPurged() throws Exception {
        fileWith(
                TABLE,
                "INSERT INTO kv VALUES ('group', 'set', CAST(x'FF' AS TEXT), NULL)",
                "INSERT INTO kv VALUES ('group', 'deleted', CAST(x'FE' AS TEXT), NULL)",
                "INSERT INTO kv VALUES ('other', CAST(x'FF' AS TEXT), 'in a deleted group', NULL)",
                "INSERT INTO kv VALUES (CAST(x'FF' AS TEXT), CAST(x'FE' AS TEXT), 'purged', 1000)",
                "INSERT INTO kv VALUES (CAST(x'FE' AS TEXT), CAST(x'FE' AS TEXT), 'kept', NULL)");
        MovedClock clock = new MovedClock();
        clock.move(Duration.ofDays(1));

        try (SqliteKvStore kv = SqliteKvStore.builder().file(file).clock(clock).build()) {
            kv.set("group", "set", "text");
            assertThat(kv.delete("group", "deleted")).isTrue();
            assertThat(kv.getAll("group")).containsExactly(entry("set", "text"));
            assertThat(kv.deleteGroup("other")).isEqualTo(1);
            assertThat(kv.purgeExpired()).isEqualTo(1);
        }
        assertThat(entries("kv_entry")).containsExactly("67726F7570 736574 74657874 ", "FE FE 6B657074 ");
    }

    @Test
    void aGroupOfLongKeysIsReadWithinTheLengthLimitOfSqlite() throws Exception {
        fileWith(
                TABLE,
                keys(1_200, "printf('%05d%.30000c', i, 'k')", "''"),
                "INSERT INTO kv VALUES ('group', 'large', printf('%.100000c', 'v'), NULL)");
        SqliteKvStore.open(file).close();
        SQLiteConfig config = new SQLiteConfig();
        config.setPragma(Pragma.LIMIT_LENGTH, "10000000");

        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                StoreConnection reader = new StoreConnection(connection, file.toString())) {
            Map<String, Value> entries =
                    reader.call(jdbc -> new SqliteDialect(Instant.EPOCH, Versions.shared(), 0).getAll(jdbc, "group"));

            assertThat(entries).hasSize(1_201).containsEntry("large", new Value.Text("v".repeat(100_000)));
            assertThat(List.copyOf(entries.keySet())).isSorted();
        }
    }

    private static void requireInvalid(Runnable read, String... words) {
        assertThatExceptionOfType(DataRetrievalFailureException.class)
                .isThrownBy(read::run)
                .satisfies(e -> assertThat(e).isInstanceOf(DataAccessException.class))
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    /** SQL that inserts entries with distinct keys: a text followed by the given bytes. */
    private static String keys(int count, String text, String hex) {
        return "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " + (count - 1) + ")"
                + " INSERT INTO kv SELECT 'group', CAST(CAST(" + text + " AS BLOB) || unhex(" + hex + ")"
                + (hex.equals("''") ? "" : " || unhex(printf('%02X%02X', 128 + i / 64 % 64, 128 + i / 4096))")
                + " AS TEXT), 'value', NULL FROM n";
    }

    /** Returns all entries of a table, their bytes in hexadecimal. */
    private List<String> entries(String table) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            return foreign.query("SELECT concat(hex(grp), ' ', hex(key), ' ', hex(value), ' ', expires_at) FROM "
                    + table + " ORDER BY grp, key");
        }
    }

    private void fileWith(String... sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            for (String statement : sql) {
                try (var prepared = connection.createStatement()) {
                    prepared.execute(statement);
                }
            }
            connection.commit();
        }
    }
}
