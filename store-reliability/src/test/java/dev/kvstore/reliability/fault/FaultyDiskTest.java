package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.Durability;
import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.Findings;
import dev.kvstore.reliability.fault.FaultyDisk.DiskFault;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A disk whose syncs and writes fail, and that then loses power: acknowledged writes survive, even after failed syncs.
 */
class FaultyDiskTest {

    private static final int FAILURES = Effort.of(40, 2_000);
    private static final int WRITES_BEFORE = 200;
    // Many times the length of the WAL at a checkpoint.
    private static final int WRITES = Effort.of(500, 5_000);
    private static final String CHECKPOINT_FAILED = "its WAL could not be checkpointed";

    private static int kinds;
    private static long faults;
    private static long acknowledged;
    private static long refused;

    @TempDir
    Path directory;

    private final Ledger ledger = DiskWorker.ledger();
    private final List<String> failures = new ArrayList<>();
    private final List<String> failedReads = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private FaultyDisk disk;

    @BeforeEach
    void build() throws Exception {
        disk = FaultyDisk.in(directory);
        SqliteKvStore.open(file()).close();
        disk.keep("kvstore.db");
    }

    static List<DiskFault> faultsThatFailTheWrite() {
        return DiskFault.thatFailTheWrite();
    }

    static List<DiskFault> faultsThatFailNothing() {
        return DiskFault.thatFailNothing();
    }

    static List<DiskFault> faultsThatFailACheckpoint() {
        return DiskFault.thatFailACheckpoint();
    }

    @ParameterizedTest
    @MethodSource("faultsThatFailTheWrite")
    void aFailedWriteIsReportedAndTheStoreContinuesWhenTheDiskDoes(DiskFault fault) throws Exception {
        try (ChildProcess child = start(file(), Durability.FULL)) {
            readAcknowledgements(child, WRITES_BEFORE);
            disk.inject(fault);
            readUntil(child, () -> failures.size() >= FAILURES);
            disk.heal();
            readAcknowledgements(child, WRITES);
            kill(child);
        }
        assertThat(disk.faults()).isNotEmpty();
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .contains("DataAccessResourceFailureException")
                        .contains("the disk reported an error")
                        .contains(file().toString()));
        requireNothingLost();
    }

    @ParameterizedTest
    @MethodSource("faultsThatFailNothing")
    void aPartialWriteIsCompleted(DiskFault fault) throws Exception {
        continueThrough(fault);

        assertThat(warnings).isEmpty();
        requireNothingLost();
    }

    @ParameterizedTest
    @MethodSource("faultsThatFailACheckpoint")
    void aFailedCheckpointIsReportedAndFailsNoWrite(DiskFault fault) throws Exception {
        continueThrough(fault);

        assertThat(warnings)
                .isNotEmpty()
                .allSatisfy(warning ->
                        assertThat(warning).contains(file().toString()).contains(CHECKPOINT_FAILED));
        requireNothingLost();
    }

    private void continueThrough(DiskFault fault) throws Exception {
        try (ChildProcess child = start(file(), Durability.FULL)) {
            readAcknowledgements(child, WRITES_BEFORE);
            disk.inject(fault);
            readAcknowledgements(child, WRITES);
            disk.heal();
            readAcknowledgements(child, WRITES);
            kill(child);
        }
        assertThat(disk.faults()).isNotEmpty();
        assertThat(failures).isEmpty();
    }

    /** A sync of a file need not sync its name (https://man7.org/linux/man-pages/man2/fsync.2.html). */
    @Test
    void theNamesOfANewFileAndItsDirectoriesAreSyncedBeforeTheFirstAcknowledgement() throws Exception {
        Path parent = disk.directory().resolve("new");
        Path directory = parent.resolve("directory");
        try (ChildProcess child = start(directory.resolve("kvstore.db"), Durability.FULL)) {
            child.awaitLine("acknowledged");
            assertThat(disk.syncedDirectories()).contains(disk.directory(), parent, directory);
            kill(child);
        }
    }

    /** The negative control: this disk loses unsynced data. */
    @Test
    void withoutASyncForEachWriteAPowerCutLosesSomeWrites() throws Exception {
        try (ChildProcess child = start(file(), Durability.NORMAL)) {
            readAcknowledgements(child, WRITES_BEFORE);
            kill(child);
        }
        try (SqliteKvStore kv = SqliteKvStore.open(disk.image().resolve("kvstore.db"))) {
            assertThatThrownBy(() -> ledger.requireNothingLost(kv))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("acknowledged and lost");
        }
    }

    /** The negative control: the faults occur, and a sync after a failed one reports success for lost data. */
    @Test
    void aPlainFileMeetsTheFaultsAndASyncThatLosesData() throws Exception {
        Path file = disk.directory().resolve("plain");
        try (ChildProcess child = ChildProcess.start(disk.environment(), PlainFile.class, List.of(), file)) {
            child.awaitLine("ready");
            assertThat(outcome(child, new DiskFault("sync", "plain", "eio", 1))).contains("Input/output error");
            assertThat(outcome(child, DiskFault.NONE)).isEqualTo("done 1");
            assertThat(outcome(child, new DiskFault("write", "plain", "eio", 1)))
                    .contains("Input/output error");
            assertThat(outcome(child, new DiskFault("write", "plain", "torn", 1)))
                    .contains("Input/output error");
            assertThat(outcome(child, new DiskFault("write", "plain", "short", 1)))
                    .isEqualTo("done 4");
            assertThat(outcome(child, new DiskFault("truncate", "plain", "eio", 1)))
                    .contains("Input/output error");
            child.awaitEnd();
        }
        assertThat(disk.faults())
                .containsExactly("sync plain", "write plain", "write plain", "write plain", "truncate plain");
        assertThat(disk.syncedDirectories()).isEmpty();
        // The sync of step 0 failed, and no later sync wrote it.
        assertThat(Files.readString(disk.image().resolve("plain")))
                .startsWith("\0\0\0\0".repeat(2) + "step 1  ")
                .contains("step")
                .doesNotContain("step 0");
    }

    private String outcome(ChildProcess child, DiskFault fault) throws Exception {
        disk.inject(fault);
        child.proceed();
        return child.awaitLine("");
    }

    private ChildProcess start(Path file, Durability durability) throws Exception {
        List<String> arguments = List.of("-Xmx256m", "-Dorg.sqlite.tmpdir=" + directory);
        return ChildProcess.start(disk.environment(), DiskWorker.class, arguments, file, durability);
    }

    private Path file() {
        return disk.directory().resolve("kvstore.db");
    }

    private void readAcknowledgements(ChildProcess child, int more) throws Exception {
        int goal = ledger.acknowledgements() + more;
        readUntil(child, () -> ledger.acknowledgements() >= goal);
    }

    private void readUntil(ChildProcess child, BooleanSupplier enough) throws Exception {
        while (!enough.getAsBoolean()) {
            read(child.awaitLine(""));
        }
    }

    private void kill(ChildProcess child) {
        child.kill();
        child.remainingLines().forEach(this::read);
    }

    private void read(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "acknowledged" -> {
                // The last line may be incomplete.
                if (line.endsWith(" .")) {
                    ledger.acknowledge(words[1]);
                }
            }
            case "failed" -> failures.add(line);
            case "unread" -> failedReads.add(line);
            case "WARN" -> warnings.add(line);
            default -> {}
        }
    }

    /** Neither after the kill, nor after a power cut. */
    private void requireNothingLost() throws Exception {
        requireNothingLost(file());
        requireNothingLost(disk.image().resolve("kvstore.db"));
        kinds++;
        faults += disk.faults().size();
        acknowledged += ledger.acknowledgements();
        refused += failures.size();
    }

    @AfterAll
    static void record() {
        int all = Stream.of(faultsThatFailTheWrite(), faultsThatFailNothing(), faultsThatFailACheckpoint())
                .mapToInt(List::size)
                .sum();
        if (kinds == all) {
            Findings.record(
                    "fault-disk-errors",
                    ("A disk that fails in %d ways, %,d times: %,d writes acknowledged, %,d refused: none lost,"
                                    + " neither by a kill nor by the power cut after it.")
                            .formatted(kinds, faults, acknowledged, refused));
        }
    }

    private void requireNothingLost(Path found) throws Exception {
        assertThat(failedReads).isEmpty();
        try (SqliteKvStore kv = SqliteKvStore.open(found);
                Foreign foreign = Foreign.open(found)) {
            ledger.requireNothingLost(kv);
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
        }
    }
}
