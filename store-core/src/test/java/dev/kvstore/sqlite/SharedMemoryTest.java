package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.sqlite.file.FileIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.util.unit.DataSize;

/**
 * The -shm beside an open database holds the locks of its processes and the index of the WAL. If it is deleted, the
 * next process creates another one, and the two ignore each other's locks.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows neither moves nor deletes an open file")
class SharedMemoryTest {

    @TempDir
    Path directory;

    private Path file;
    private Path sharedMemory;
    private Path wal;

    @BeforeEach
    void resolvePaths() {
        file = directory.resolve("kvstore.db");
        sharedMemory = directory.resolve("kvstore.db-shm");
        wal = directory.resolve("kvstore.db-wal");
    }

    @Test
    void onceItIsDeletedWritesAreRefusedAndReadsContinue() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
            Files.delete(sharedMemory);

            requireRefused(kv);
            requireRefused(kv);
            assertThat(kv.get("group", "key")).contains("value");
            assertThat(kv.getAll("group")).containsOnlyKeys("key");
        }
        requireEntry("value");
    }

    @Test
    void onceItIsReplacedWritesAreRefusedUntilItIsBack() throws Exception {
        Path aside = directory.resolve("aside");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "before");
            Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            kv.set("group", "key", "value");
            Files.move(sharedMemory, aside);
            Files.copy(aside, sharedMemory);
            requireRefused(kv);

            Files.delete(sharedMemory);
            Files.move(aside, sharedMemory);
            kv.set("group", "key", "later");
        }
        requireEntry("later");
    }

    /** With its outdated WAL index the store would overwrite database pages with frames of the other process. */
    @Tag("slow")
    @Test
    void afterItWasDeletedClosingDoesNotCheckpointTheWalOfAnotherProcess() throws Exception {
        SqliteKvStore kv = SqliteKvStore.open(file);
        for (int i = 0; i < 500; i++) {
            kv.set("group", "first " + i, "value".repeat(50));
        }
        Files.delete(sharedMemory);
        try (ChildProcess other = ChildProcess.start(WriteAndReport.class, List.of(), file)) {
            other.awaitLine("written");
            requireRefused(kv);
            kv.close();
            other.proceed();
            other.awaitEnd();
        }

        try (SqliteKvStore reopened = SqliteKvStore.open(file);
                Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
            assertThat(reopened.count("group")).isEqualTo(500 + WriteAndReport.ENTRIES);
        }
    }

    @Test
    void closingWithoutItLeavesTheWalForTheNextOpening() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
            Files.delete(sharedMemory);
        }

        assertThat(wal).isNotEmptyFile();
        requireEntry("value");
        assertThat(wal).doesNotExist();
    }

    @Test
    void closingCheckpointsAWalThatWasDeleted() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
            Files.delete(wal);
        }
        requireEntry("value");
    }

    @Test
    void closingAStoreWhoseFilesWereAllDeletedLeavesNoConnectionOpen() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            SqliteKvStore kv = SqliteKvStore.open(file);
            kv.set("group", "key", "value");
            for (Path each : List.of(file, sharedMemory, wal)) {
                Files.delete(each);
            }
            kv.close();

            assertThat(log.lines("WARN")).isEmpty();
        }
    }

    @Test
    void aStoreWithANearCacheNeedsNone() throws Exception {
        Files.createFile(file);
        Files.createFile(sharedMemory);
        try (SqliteKvStore kv = SqliteKvStore.builder()
                .file(file)
                .nearCache(DataSize.ofMegabytes(1))
                .build()) {
            Files.delete(sharedMemory);
            kv.set("group", "key", "value");
        }
        requireEntry("value");
    }

    /** The last process to close the file deletes the WAL and the -shm; the next one to open it creates new ones. */
    @Test
    void filesCreatedWhileTheStoreHasNoConnectionAreAcceptedWhenItReconnects() throws Exception {
        SqliteKvStore before = SqliteKvStore.open(file);
        FileIdentity identity = FileIdentity.of(file, Durability.FULL, false);
        before.close();
        identity.connectionsClosed();
        identity.requireUnchanged();

        try (SqliteKvStore after = SqliteKvStore.open(file)) {
            after.set("group", "key", "value");
            identity.connectionOpened();
            identity.requireUnchanged();
            assertThat(identity.mayCheckpoint()).isTrue();

            Files.delete(sharedMemory);
            identity.connectionOpened();
            assertThat(identity.mayCheckpoint()).isFalse();
            assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(identity::requireUnchanged);
        }
    }

    private void requireRefused(SqliteKvStore kv) {
        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> kv.set("group", "key", "lost"))
                .withMessageContaining(file.toString())
                .withMessageContaining("its -shm was deleted, moved or replaced")
                .withMessageContaining("restart all programs");
    }

    private void requireEntry(String value) {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains(value);
        }
    }

    /** The second process: checkpoints the WAL of the first one, and overwrites it. */
    static final class WriteAndReport {

        static final int ENTRIES = 2_000;

        private WriteAndReport() {}

        public static void main(String[] arguments) throws Exception {
            try (SqliteKvStore kv = SqliteKvStore.builder()
                    .file(Path.of(arguments[0]))
                    .checkpointPages(50)
                    .build()) {
                for (int i = 0; i < ENTRIES; i++) {
                    kv.set("group", "second " + i, "other".repeat(50));
                }
                System.out.println("written");
                System.in.read();
            }
        }
    }
}
