package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.sqlite.file.OpenFile;
import dev.kvstore.sqlite.file.ReplacedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** A read-only store reads the entries of another store, and changes nothing. */
class ReadOnlyTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() {
        file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
        }
    }

    @Test
    void entriesAreReadable() {
        try (SqliteKvStore kv = openReadOnly(file)) {
            assertThat(kv.get("group", "key")).contains("value");
            assertThat(kv.getAll("group")).hasSize(1);
        }
    }

    @Test
    void aBackupThatIsNotInWalModeIsReadable() throws Exception {
        Path backup = directory.resolve("backup.db");
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("VACUUM INTO '" + backup + "'");
        }

        try (SqliteKvStore kv = openReadOnly(backup)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void writesOfAnotherStoreAreVisible() {
        try (SqliteKvStore writer = SqliteKvStore.open(file);
                SqliteKvStore kv = openReadOnly(file)) {
            writer.set("group", "key", "later");

            assertThat(kv.get("group", "key")).contains("later");
        }
    }

    @Test
    void readsFailInsteadOfReturningOldDataOnceTheFileIsReplaced() throws Exception {
        Path backup = directory.resolve("backup.db");
        try (SqliteKvStore kv = SqliteKvStore.open(backup)) {
            kv.set("group", "key", "restored");
        }
        Path old = directory.resolve("old.db");
        try (SqliteKvStore kv = openReadOnly(file)) {
            assertThat(kv.get("group", "key")).contains("value");
            Files.move(file, old);
            Files.move(backup, file);

            Awaitility.await()
                    .untilAsserted(() -> assertThatExceptionOfType(DataAccessResourceFailureException.class)
                            .isThrownBy(() -> kv.get("group", "key"))
                            .withMessageContaining(file.toString())
                            .withMessageContaining("replaced while this read-only store had the old one open"));
            try (SqliteKvStore reopened = openReadOnly(file)) {
                assertThat(reopened.get("group", "key")).contains("restored");
            }

            Files.move(file, backup);
            Files.move(old, file);
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(kv.get("group", "key")).contains("value"));
        }
    }

    @Test
    void closingDoesNotTouchTheFilesThatReplacedItsOwn() throws Exception {
        Path backup = directory.resolve("backup.db");
        SqliteKvStore.open(backup).close();
        SqliteKvStore old = openReadOnly(file);
        old.get("group", "key");
        Files.delete(directory.resolve("kvstore.db-wal"));
        Files.delete(directory.resolve("kvstore.db-shm"));
        Files.move(backup, file, StandardCopyOption.REPLACE_EXISTING);

        try (SqliteKvStore restored = SqliteKvStore.open(file)) {
            restored.set("group", "key", "later");
            old.close();
            restored.set("group", "another", "later");
            assertThat(restored.getAll("group")).hasSize(2);
        }
    }

    @Test
    void aMissingFileIsNotTakenForAReplacedOne() throws Exception {
        ReplacedFile replaced = ReplacedFile.of(file, Duration.ZERO);
        Path moved = Files.move(file, directory.resolve("moved.db"));

        assertThatNoException().isThrownBy(replaced::requireNone);

        Files.copy(moved, file);
        assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(replaced::requireNone);
    }

    @Test
    void everyWriteIsRefused() {
        try (SqliteKvStore kv = openReadOnly(file)) {
            for (Runnable write : List.<Runnable>of(
                    () -> kv.set("group", "key", "changed"),
                    () -> kv.set("group", "key", "changed", Duration.ofDays(1)),
                    () -> kv.delete("group", "key"),
                    () -> kv.deleteGroup("group"),
                    kv::purgeExpired)) {
                assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                        .isThrownBy(write::run)
                        .withMessageContaining("read-only")
                        .withMessageContaining(file.toString());
            }
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void theFileIsUnchangedAndNoOtherFileIsLeft() throws Exception {
        byte[] before = Files.readAllBytes(file);

        try (SqliteKvStore kv = openReadOnly(file)) {
            kv.get("group", "key");
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void onceClosedItAllowsAnotherStoreToOpenTheFileExclusively() throws Exception {
        openReadOnly(file).close();

        OpenFile.open(file, true).close();
    }

    @Test
    void aMissingFileIsRefusedAndNotCreated() {
        Path missing = directory.resolve("sub/missing.db");

        requireRefused(missing, Reason.MISSING);

        assertThat(missing.getParent()).doesNotExist();
    }

    @Test
    void aFileThatNeedsAMigrationIsRefusedUntouched() throws Exception {
        Path old = directory.resolve("old.db");
        try (Foreign foreign = Foreign.open(old)) {
            foreign.execute(LegacyFile.KV_BEFORE_EXPIRY);
        }
        byte[] before = Files.readAllBytes(old);

        requireRefused(old, Reason.OUTDATED);

        assertThat(Files.readAllBytes(old)).isEqualTo(before);
    }

    @Test
    void anAdoptedFileIsReadableAfterItsMigration() throws Exception {
        Path old = directory.resolve("old.db");
        try (Foreign foreign = Foreign.open(old)) {
            foreign.execute(LegacyFile.KV_BEFORE_EXPIRY).execute("INSERT INTO kv VALUES ('group', 'key', 'adopted')");
        }
        SqliteKvStore.open(old).close();

        try (SqliteKvStore kv = openReadOnly(old)) {
            assertThat(kv.get("group", "key")).contains("adopted");
        }
    }

    @Test
    void anAdoptedFileWithAnIncompleteMigrationIsRefused() throws Exception {
        Path old = directory.resolve("old.db");
        try (Foreign foreign = Foreign.open(old)) {
            foreign.execute(LegacyFile.KV_WITH_EXPIRY);
        }
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + old, null, null)
                .table("kvstore_schema_history")
                .baselineVersion("2")
                .load()
                .baseline();

        requireRefused(old, Reason.OUTDATED);
    }

    @Test
    void aStoreInMemoryCannotBeReadOnly() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> SqliteKvStore.builder().inMemory().readOnly(true).build());
    }

    private static void requireRefused(Path file, Reason reason) {
        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> openReadOnly(file))
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static SqliteKvStore openReadOnly(Path file) {
        return SqliteKvStore.builder().file(file).readOnly(true).build();
    }
}
