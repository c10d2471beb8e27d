package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.Findings;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.Mount;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;

/** A fault occurs and ends while eight threads write: the store keeps working, and no acknowledged write is lost. */
class LoadedStoreTest {

    private static final int THREADS = 8;

    @TempDir
    Path directory;

    @Test
    void aFullDiskRefusesWritesUntilThereIsRoom() throws Exception {
        Ledger ledger = new Ledger(10_000);
        try (Mount disk = Mount.ofMegabytes(16, Files.createDirectory(directory.resolve("disk")))) {
            Path file = disk.path().resolve("kvstore.db");
            Path ballast = Files.write(disk.path().resolve("ballast"), new byte[6_000_000]);
            try (SqliteKvStore kv = SqliteKvStore.open(file);
                    Load load = new Load(kv, ledger, THREADS)) {
                load.awaitFailureOfEachThread();
                Files.delete(ballast);
                load.awaitAcknowledgements(100).stop();

                assertThat(load.failedReads()).isEmpty();
                assertThat(ledger.failures())
                        .allSatisfy(failure -> assertThat(failure)
                                .isInstanceOf(DataAccessResourceFailureException.class)
                                .hasMessageContaining("the disk is full; make room, the store then works again")
                                .hasMessageContaining(file.toString()));
                ledger.requireFailuresWithoutEffect(kv);
            }
            requireNothingLostAfterReopening(file, ledger);
            record("disk-full", "A full disk", ledger);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows cannot move or delete an open file")
    void aReplacedFileRefusesWritesUntilItIsBack() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Path aside = directory.resolve("aside.db");
        Ledger ledger = new Ledger(100);
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                Load load = new Load(kv, ledger, THREADS)) {
            load.awaitAcknowledgements(100);
            Files.move(file, aside);
            Files.createFile(file);
            load.awaitFailureOfEachThread();
            Files.delete(file);
            Files.move(aside, file);
            load.awaitAcknowledgements(100).stop();

            assertThat(load.failedReads()).isEmpty();
            assertThat(ledger.failures())
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOf(DataAccessResourceFailureException.class)
                            .hasMessageContaining("nothing more is written until it is back")
                            .hasMessageContaining(file.toString()));
            ledger.requireFailuresWithoutEffect(kv);
        }
        requireNothingLostAfterReopening(file, ledger);
        record("replaced", "A replaced file", ledger);
    }

    @Test
    void aLockHeldLongerThanTheBusyTimeoutRefusesWritesUntilItsRelease() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Ledger ledger = new Ledger(100);
        try (SqliteKvStore kv = SqliteKvStore.builder()
                        .file(file)
                        .busyTimeout(Duration.ofMillis(300))
                        .build();
                Foreign foreign = Foreign.open(file);
                Load load = new Load(kv, ledger, THREADS)) {
            load.awaitAcknowledgements(100);
            foreign.execute("BEGIN IMMEDIATE");
            load.awaitFailureOfEachThread();
            foreign.execute("COMMIT");
            load.awaitAcknowledgements(100).stop();

            assertThat(load.failedReads()).isEmpty();
            assertThat(ledger.failures())
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOf(CannotAcquireLockException.class)
                            .hasMessageContaining("busyTimeout")
                            .hasMessageContaining("had no effect and can be retried")
                            .hasMessageContaining(file.toString()));
            ledger.requireFailuresWithoutEffect(kv);
        }
        requireNothingLostAfterReopening(file, ledger);
        record("locked", "A lock held too long", ledger);
    }

    private static void record(String name, String fault, Ledger ledger) {
        Findings.record(
                "fault-" + name,
                "%s, %d threads: %s, and no refused write in the store.".formatted(fault, THREADS, ledger.tally()));
    }

    private static void requireNothingLostAfterReopening(Path file, Ledger ledger) throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                Foreign foreign = Foreign.open(file)) {
            ledger.requireFailuresWithoutEffect(kv);
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
        }
    }
}
