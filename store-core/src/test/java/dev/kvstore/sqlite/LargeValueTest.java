package dev.kvstore.sqlite;

import static dev.kvstore.secrets.Secrets.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.kvstore.MovedClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large values are stored out of row, invisibly to callers, and are deleted together with their entries. */
class LargeValueTest {

    private static final String LARGE = VALUE + "ż".repeat(5_000);
    private static final String OTHER = VALUE + "b".repeat(100_000);

    private final MovedClock clock = new MovedClock();

    @TempDir
    Path directory;

    private Path file;
    private SqliteKvStore kv;

    @BeforeEach
    void open() {
        file = directory.resolve("kvstore.db");
        kv = SqliteKvStore.builder().file(file).clock(clock).build();
    }

    @AfterEach
    void close() throws SQLException {
        kv.close();
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
            assertThat(foreign.query("SELECT id FROM kv_large EXCEPT SELECT value_id FROM kv"))
                    .isEmpty();
            assertThat(foreign.query(
                            "SELECT value_id FROM kv WHERE value_id IS NOT NULL EXCEPT SELECT id FROM kv_large"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 4_096, 1_000_000})
    void aValueOfAnyLengthReplacesOneOfAnyLength(int length) {
        String value = "v".repeat(length);
        for (String before : List.of("", "small", LARGE, OTHER)) {
            kv.set("group", "key", before);
            kv.set("group", "key", value);

            assertThat(kv.get("group", "key")).contains(value);
            assertThat(kv.getAll("group")).isEqualTo(Map.of("key", value));
            assertThat(kv.count("group")).isEqualTo(1);
        }
    }

    @Test
    void theLengthInBytesDecidesWhichValuesAreOutOfRow() throws Exception {
        kv.set("group", "in row", "ż".repeat(256));
        kv.set("group", "out of row", "ż".repeat(256) + "z");

        assertThat(stored("SELECT key FROM kv WHERE value_id IS NOT NULL")).containsExactly("out of row");
    }

    @Test
    void aGroupWithSmallAndLargeValuesIsInTheOrderOfItsKeys() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 1_000; i <= 2_500; i++) {
            expected.put("key " + i, i % 7 == 0 ? LARGE + i : "value " + i);
        }
        List<String> shuffled = new ArrayList<>(expected.keySet());
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(key -> kv.set("group", key, expected.getOrDefault(key, "")));

        assertThat(kv.getAll("group")).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {499, 500, 501, 1_000, 1_001})
    void aGroupOfAnySizeIsReadAsAWhole(int size) {
        kv.set("group", "", "empty key");
        for (int i = 1; i < size; i++) {
            kv.set("group", "key " + i, "");
        }

        assertThat(kv.getAll("group")).hasSize(size).containsEntry("", "empty key");
    }

    @Test
    void aLargeValueExpiresAndIsPurged() throws Exception {
        kv.set("group", "expired", LARGE, Duration.ofSeconds(1));
        kv.set("group", "live", LARGE, Duration.ofSeconds(3));
        clock.move(Duration.ofSeconds(2));

        assertThat(kv.get("group", "expired")).isEmpty();
        assertThat(kv.getAll("group")).containsOnlyKeys("live");
        assertThat(kv.purgeExpired()).isEqualTo(1);
        assertThat(stored("SELECT count(*) FROM kv_large")).containsExactly("1");

        kv.set("group", "live", OTHER);
        clock.move(Duration.ofDays(1));
        assertThat(kv.get("group", "live")).contains(OTHER);
    }

    @Test
    void deletingAnEntryDeletesItsLargeValue() throws Exception {
        kv.set("group", "one", LARGE);
        kv.set("group", "two", LARGE);
        kv.set("group", "three", LARGE);

        assertThat(kv.delete("group", "one")).isTrue();
        kv.set("group", "two", "small");
        assertThat(stored("SELECT count(*) FROM kv_large")).containsExactly("1");

        assertThat(kv.deleteGroup("group")).isEqualTo(2);
        assertThat(stored("SELECT count(*) FROM kv_large")).containsExactly("0");
    }

    @Test
    void theViewShowsEveryValueToOtherPrograms() throws Exception {
        kv.set("group", "small", "value");
        kv.set("group", "large", OTHER);

        assertThat(stored("SELECT value FROM kv_entry ORDER BY key")).containsExactly(OTHER, "value");
    }

    @Test
    void aReplacedLargeValueKeepsItsPlaceWhereverTheLastOneWasInserted() throws Exception {
        kv.set("group", "first", LARGE);
        kv.set("group", "second", LARGE);
        List<String> places = stored("SELECT key || value_id FROM kv ORDER BY key");

        kv.set("group", "first", OTHER);

        assertThat(stored("SELECT key || value_id FROM kv ORDER BY key")).isEqualTo(places);
        assertThat(kv.getAll("group")).containsExactly(entry("first", OTHER), entry("second", LARGE));
    }

    @Test
    void theVersionOfALargeValueIsBesideIt() throws Exception {
        try (Foreign foreign = Foreign.open(file)) {
            for (int version : List.of(7, 8)) {
                foreign.execute("INSERT INTO kv_entry (grp, key, value, version)"
                        + " VALUES ('group', 'key', printf('%.600c', 'x'), " + version + ")");

                assertThat(foreign.query("SELECT version FROM kv_entry")).containsExactly("" + version);
                assertThat(foreign.query("SELECT version FROM kv")).containsExactly("0");
            }
            foreign.execute("UPDATE kv SET value = 'small', value_id = NULL, version = 9");

            assertThat(foreign.query("SELECT version FROM kv_entry")).containsExactly("9");
            assertThat(foreign.query("SELECT count(*) FROM kv_large")).containsExactly("0");
        }
    }

    @Test
    void aLargeValueWithoutAVersionIsRefused() throws Exception {
        kv.set("group", "key", LARGE);

        try (Foreign foreign = Foreign.open(file)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> foreign.execute(
                            "INSERT INTO kv_entry (grp, key, value, version) VALUES ('group', 'key', 'other', NULL)"))
                    .withMessageContaining("kv_large.version");
        }
        assertThat(kv.get("group", "key")).contains(LARGE);
    }

    @Test
    void anotherProgramCannotInsertAnEntryWithTwoValuesOrNone() throws Exception {
        kv.set("group", "large", LARGE);

        try (Foreign foreign = Foreign.open(file)) {
            for (String value : List.of("'value'", "NULL")) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> foreign.execute("INSERT INTO kv VALUES ('group', 'other', " + value
                                + ", NULL, " + (value.equals("NULL") ? "NULL" : "1") + ", 1)"))
                        .withMessageContaining("CHECK");
            }
        }
        assertThat(kv.get("group", "other")).isEqualTo(Optional.empty());
    }

    private List<String> stored(String sql) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            return foreign.query(sql);
        }
    }
}
