package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.sqlite.file.FileIdentity;
import dev.kvstore.sqlite.file.OpenFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file whose schema is not one of this library, or a newer one, is refused and left unchanged, as is its WAL. */
class RefusedMigrationTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void resolvePath() {
        file = directory.resolve("kvstore.db");
    }

    @Test
    void flywayRefusesAHistoryWithAnotherChecksum() throws Exception {
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("UPDATE kvstore_schema_history SET checksum = 1 WHERE version = '2'");
        }

        requireRefusedUntouched(file, Reason.OTHER, "checksum mismatch");

        requireClosed();
    }

    @Test
    void aFileOfALaterGoStoreIsRefusedWithAReferenceToTheDocs() throws Exception {
        requireSchemaRefused(
                Reason.NOT_A_STORE,
                "docs/migrating-from-go-store.md",
                "CREATE TABLE entries (group_name TEXT NOT NULL, entry_key TEXT NOT NULL, entry_value TEXT NOT NULL,"
                        + " expires_at INTEGER, PRIMARY KEY (group_name, entry_key))",
                "INSERT INTO entries VALUES ('group', 'key', 'value', NULL)");
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws Exception {
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("INSERT INTO kvstore_schema_history VALUES"
                    + " (99, '99', 'future', 'SQL', 'V99__future.sql', 0, '', '2030-01-01 00:00:00', 0, 1)");
        }

        requireRefused(Reason.NEWER, "newer version of this library");
    }

    @Test
    void aKvTableWithOtherColumnsIsRefused() throws Exception {
        requireSchemaRefused(
                Reason.NOT_A_STORE, "other columns", "CREATE TABLE kv (name TEXT PRIMARY KEY, content BLOB)");
    }

    @Test
    void aKvTableWithAnAdditionalColumnIsRefused() throws Exception {
        requireSchemaRefused(
                Reason.NOT_A_STORE,
                "other columns",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, owner TEXT)");
    }

    @Test
    void aKvTableWithoutTheCompositeKeyIsRefused() throws Exception {
        requireSchemaRefused(
                Reason.NOT_A_STORE,
                "other columns",
                "CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)");
    }

    @Test
    void aStoreWithoutItsTableIsRefused() throws Exception {
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("DROP TABLE kv");
        }

        requireRefused(Reason.NOT_A_STORE, "missing");
    }

    @Test
    void aFileOfAnotherApplicationIsRefused() throws Exception {
        requireSchemaRefused(
                Reason.NOT_A_STORE,
                "another application",
                "PRAGMA application_id = 252006674",
                "CREATE TABLE checkout (id)");
    }

    private void requireSchemaRefused(Reason reason, String words, String... sql) throws Exception {
        LegacyFile.write(file, sql);
        requireRefused(reason, words);
    }

    private void requireRefused(Reason reason, String words) throws Exception {
        requireRefusedUntouched(file, reason, words);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        requireRefusedUntouched(copyWithWal(), reason, words);
    }

    private static void requireRefusedUntouched(Path file, Reason reason, String words) throws Exception {
        byte[] before = Files.readAllBytes(file);
        Path wal = FileIdentity.walOf(file);
        byte[] walBefore = Files.exists(wal) ? Files.readAllBytes(wal) : null;

        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> SqliteKvStore.open(file))
                .withMessageContaining(file.toString())
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Files.exists(wal) ? Files.readAllBytes(wal) : null).isEqualTo(walBefore);
    }

    /** Requires that no store has the file open and, on Linux, that this process has no descriptor of it. */
    private void requireClosed() throws Exception {
        OpenFile.open(file, true).close();
        String path = file.toRealPath().toString();
        File[] descriptors = new File("/proc/self/fd").listFiles();
        if (descriptors != null) {
            assertThat(descriptors).extracting(File::getCanonicalPath).noneMatch(open -> open.startsWith(path));
        }
    }

    /** Copies the file as a killed process leaves it: with a WAL whose changes are not in the database. */
    private Path copyWithWal() throws Exception {
        Path copy = Files.createDirectory(directory.resolve("killed")).resolve(file.getFileName());
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("PRAGMA journal_mode = WAL").execute("CREATE TABLE pending (a)");
            Files.copy(file, copy);
            Files.copy(FileIdentity.walOf(file), FileIdentity.walOf(copy));
        }
        return copy;
    }
}
