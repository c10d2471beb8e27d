package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file of another program is checked before anything is written. Every object that the rebuild of its table would
 * drop, change or fail on is refused by name, and the file stays unchanged; objects unrelated to the table are kept.
 */
class AdoptionTest {

    private static final String TABLE = LegacyFile.KV_WITH_EXPIRY;
    private static final String ENTRY = "INSERT INTO kv VALUES ('group', 'key', 'kept', NULL)";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW mine AS SELECT * FROM kv",
                "CREATE VIEW mine AS SELECT a.value FROM [KV] AS a",
                "CREATE VIEW mine AS SELECT count(*) FROM customer, main.\"kv\" /* kv */",
                "CREATE VIEW mine AS SELECT * FROM customer WHERE name IN kv",
                "CREATE VIEW mine AS SELECT value FROM 'kv'",
                "CREATE TRIGGER mine AFTER INSERT ON kv BEGIN SELECT 1; END",
                "CREATE TRIGGER mine AFTER DELETE ON customer BEGIN DELETE FROM `kv` WHERE grp = old.name; END",
                "CREATE INDEX mine ON kv (value)",
                "CREATE UNIQUE INDEX mine ON kv (value) WHERE grp = 'a'"
            })
    void objectsThatDependOnTheTableAreRefusedByName(String dependent) throws Exception {
        requireRefused("'mine'", TABLE, ENTRY, "CREATE TABLE customer (name)", dependent);
    }

    @Test
    void oneErrorNamesEveryDependent() throws Exception {
        requireRefused(
                "index 'one', trigger 'two', view 'three'",
                TABLE,
                "CREATE VIEW three AS SELECT * FROM kv",
                "CREATE INDEX one ON kv (value)",
                "CREATE TRIGGER two AFTER INSERT ON kv BEGIN SELECT 1; END");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kv_clustered",
                "kv_large",
                "kv_meta",
                "kv_change",
                "kv_change_mark",
                "kv_subscriber",
                "kv_change_inserted",
                "kv_change_updated",
                "kv_change_deleted",
                "KV_Entry",
                "kv_entry_set",
                "kv_deleted",
                "kv_replaced",
                "kv_expires_at",
                "kvstore_schema_history_s_idx"
            })
    void aTableWithANameThatAStoreNeedsIsRefused(String name) throws Exception {
        requireRefused("table '" + name + "'", TABLE, ENTRY, "CREATE TABLE " + name + " (a)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW kv_large AS SELECT 1",
                "CREATE INDEX kv_expires_at ON kv (value)",
                "CREATE INDEX kv_expires_at ON kv (expires_at)",
                "CREATE TRIGGER kv_deleted AFTER INSERT ON customer BEGIN SELECT 1; END"
            })
    void anyObjectWithANameThatAStoreNeedsIsRefused(String sql) throws Exception {
        requireRefused("whose name a store needs", TABLE, ENTRY, "CREATE TABLE customer (name)", sql);
    }

    @Test
    void anIndexWithTheNameOfTheTableIsRefused() throws Exception {
        requireRefused("index 'kv'", "CREATE TABLE customer (name)", "CREATE INDEX kv ON customer (name)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (grp, key))"
                        + " WITHOUT ROWID",
                "CREATE TABLE kv (grp TEXT, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (grp, key))",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT, PRIMARY KEY (grp, key))",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL COLLATE NOCASE, value TEXT NOT NULL,"
                        + " PRIMARY KEY (grp, key))",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value INTEGER NOT NULL,"
                        + " PRIMARY KEY (grp, key))",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL CHECK (value <> ''),"
                        + " PRIMARY KEY (grp, key))",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (grp, key),"
                        + " UNIQUE (value))",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (grp, key)"
                        + " ON CONFLICT REPLACE)",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (grp, key))"
                        + " STRICT"
            })
    void aTableWithOtherTypesOrConstraintsIsRefusedWithTheExpectedDefinition(String table) throws Exception {
        requireRefused("PRIMARY KEY (grp, key)", table, "INSERT INTO kv VALUES ('group', 'key', '1')");
    }

    @Test
    void aGeneratedColumnIsRefusedAsAnotherColumn() throws Exception {
        requireRefused(
                "other columns",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires_at INTEGER,"
                        + " upper TEXT AS (upper(value)), PRIMARY KEY (grp, key))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16le", "UTF-16be"})
    void anotherEncodingIsRefused(String encoding) throws Exception {
        requireRefused(encoding, "PRAGMA encoding = '" + encoding + "'", TABLE, ENTRY);
    }

    @Test
    void aHistoryTableThatFlywayDidNotCreateIsRefused() throws Exception {
        requireRefused("'kvstore_schema_history'", TABLE, ENTRY, "CREATE TABLE kvstore_schema_history (note TEXT)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table \"KV\" (grp text not null, key TEXT NOT NULL,\n\t[value] TEXT NOT NULL -- all of it\n,"
                        + " `expires_at` INTEGER, PRIMARY KEY (grp, key))",
                "CREATE TABLE kv(grp TEXT NOT NULL,key TEXT NOT NULL,value TEXT NOT NULL,expires_at INTEGER,"
                        + "PRIMARY KEY(grp,key))"
            })
    void theFormattingOfTheDefinitionDoesNotMatter(String table) throws Exception {
        requireKept(fileWith(table, ENTRY));
    }

    @Test
    void anIdenticalExpiryIndexIsAdopted() throws Exception {
        requireKept(
                fileWith(TABLE, ENTRY, "CREATE INDEX kv_expires_at ON kv(expires_at) WHERE expires_at IS NOT NULL"));
    }

    @Test
    void objectsUnrelatedToTheTableAreKept() throws Exception {
        Path file = fileWith(
                TABLE,
                ENTRY,
                "CREATE TABLE customer (name TEXT PRIMARY KEY, kv TEXT, grp TEXT, FOREIGN KEY (grp, kv) REFERENCES kv)",
                "INSERT INTO customer VALUES ('Ada', 'key', 'group')",
                "CREATE INDEX kv_customer ON customer (kv)",
                "CREATE VIEW named AS SELECT c.kv, c.name AS kv, 'kv' AS text FROM customer AS c -- kv",
                "CREATE VIEW broken AS SELECT * FROM missing",
                "CREATE VIRTUAL TABLE words USING fts5 (word)",
                "CREATE TRIGGER added AFTER INSERT ON customer BEGIN INSERT INTO words VALUES (new.name); END");

        requireKept(file);

        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("INSERT INTO customer VALUES ('Grace', 'key', 'group')");
            assertThat(foreign.query("SELECT name || kv FROM customer ORDER BY name"))
                    .containsExactly("Adakey", "Gracekey");
            assertThat(foreign.query("SELECT word FROM words WHERE word MATCH 'grace'"))
                    .containsExactly("Grace");
            assertThat(foreign.query("SELECT kv FROM named")).hasSize(2);
            assertThat(foreign.query("SELECT name FROM sqlite_master WHERE name IN ('broken', 'kv_customer')"))
                    .hasSize(2);
            assertThat(foreign.query("PRAGMA foreign_key_check")).isEmpty();
        }
    }

    @Test
    void objectsAddedAfterTheAdoptionAreAccepted() throws Exception {
        Path file = fileWith(TABLE, ENTRY);
        requireKept(file);
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("CREATE VIEW mine AS SELECT * FROM kv_entry").execute("CREATE INDEX yours ON kv (value)");
        }

        requireKept(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE KV_Meta (a)",
                "CREATE VIEW kv_meta AS SELECT 1",
                "CREATE INDEX kv_meta ON kv (value)",
                "CREATE TRIGGER mine INSTEAD OF DELETE ON kv_entry BEGIN SELECT 1; END"
            })
    void whatWouldBeInTheWayOfTheVersionsOfAFileOfOursIsRefused(String sql) throws Exception {
        Path file = LegacyFile.ofVersion(directory.resolve("kvstore.db"), 4, sql);

        requireRefused(file, sql.contains("mine") ? "trigger 'mine'" : "whose name a store needs");
    }

    @ParameterizedTest
    @CsvSource({
        "4, CREATE TABLE KV_Change (a)",
        "5, CREATE TABLE KV_Change (a)",
        "5, CREATE VIEW kv_subscriber AS SELECT 1",
        "4, CREATE TRIGGER kv_change_deleted AFTER DELETE ON kv BEGIN SELECT 1; END",
        "5, CREATE TRIGGER kv_change_deleted AFTER DELETE ON kv BEGIN SELECT 1; END"
    })
    void whatWouldBeInTheWayOfTheLogOfChangesOfAFileOfOursIsRefused(int version, String sql) throws Exception {
        requireRefused(LegacyFile.ofVersion(directory.resolve("kvstore.db"), version, sql), "whose name a store needs");
    }

    @Test
    void aFileWithVersionsOnlyIsMigrated() throws Exception {
        Path file = LegacyFile.ofVersion(
                directory.resolve("kvstore.db"),
                5,
                "INSERT INTO kv (grp, key, value, version) VALUES ('group', 'key', 'kept', 1)",
                "CREATE TRIGGER mine INSTEAD OF DELETE ON kv_entry BEGIN SELECT 1; END");

        requireKept(file);
    }

    @Test
    void otherObjectsOnTheTableOfAFileOfOursAreKept() throws Exception {
        Path file = LegacyFile.ofVersion(
                directory.resolve("kvstore.db"),
                4,
                "INSERT INTO kv (grp, key, value) VALUES ('group', 'key', 'kept')",
                "CREATE TABLE customer (name)",
                "CREATE VIEW mine AS SELECT * FROM kv_entry",
                "CREATE INDEX yours ON kv (value)",
                "CREATE TRIGGER added AFTER INSERT ON kv BEGIN INSERT INTO customer VALUES (new.key); END");

        requireKept(file);

        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("INSERT INTO kv (grp, key, value) VALUES ('group', 'other', 'value')");
            assertThat(foreign.query("SELECT name FROM customer WHERE name = 'other'"))
                    .hasSize(1);
            assertThat(foreign.query("SELECT value FROM kv INDEXED BY yours WHERE value = 'kept'"))
                    .hasSize(1);
            assertThat(foreign.query("SELECT value FROM mine ORDER BY key LIMIT 1"))
                    .containsExactly("kept");
        }
    }

    private void requireRefused(String words, String... sql) throws Exception {
        requireRefused(fileWith(sql), words);
    }

    private void requireRefused(Path file, String words) throws Exception {
        byte[] before = Files.readAllBytes(file);

        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> SqliteKvStore.open(file))
                .withMessageContaining(file.toString())
                .withMessageContaining(words)
                .withMessageContaining("Nothing was changed.")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_A_STORE));

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static void requireKept(Path file) {
        for (int i = 0; i < 2; i++) {
            try (SqliteKvStore kv = SqliteKvStore.open(file)) {
                assertThat(kv.get("group", "key")).contains("kept");
            }
        }
    }

    private Path fileWith(String... sql) throws SQLException {
        return LegacyFile.write(directory.resolve("kvstore.db"), sql);
    }
}
