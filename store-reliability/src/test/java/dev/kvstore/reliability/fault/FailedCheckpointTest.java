package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.KvOpenException;
import dev.kvstore.reliability.fault.CheckpointWorker.Ending;
import dev.kvstore.reliability.fault.CheckpointWorker.Engine;
import dev.kvstore.reliability.fault.FaultyDisk.DiskFault;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;

/**
 * A reader limits a checkpoint to a part of the WAL, without a sync; then the sync of the remaining checkpoint fails,
 * and the disk drops that part too. Acknowledged writes survive a power cut nevertheless, even if later syncs report
 * success.
 */
class FailedCheckpointTest {

    @TempDir
    Path directory;

    private final Ledger ledger = CheckpointWorker.ledger();
    private final List<String> warnings = new ArrayList<>();
    private FaultyDisk disk;

    @BeforeEach
    void build() throws Exception {
        disk = FaultyDisk.in(directory);
        SqliteKvStore.open(file()).close();
        disk.keep("kvstore.db");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN_SQLITE")
    void theWholeWalIsCheckpointedAgainBeforeItIsOverwritten(Engine engine) throws Exception {
        writeThroughAFailedCheckpoint(engine);

        assertThat(Files.size(disk.directory().resolve("kvstore.db-wal")))
                .as("bytes of a WAL that is checkpointed and restarted once the disk works")
                .isLessThan(ledger.bytes() * 3 / 4);
        requireWarning();
        requireNothingLost();
    }

    /** The negative control: SQLite continues the checkpoint where it stopped, and restarts its WAL. */
    @Test
    void sqlitesOwnCheckpointsLosePagesOfThePartialCheckpoint() throws Exception {
        writeThroughAFailedCheckpoint(Engine.PLAIN_SQLITE);

        requireSomethingLost();
    }

    private void writeThroughAFailedCheckpoint(Engine engine) throws Exception {
        try (ChildProcess child = start(engine, Ending.WRITE)) {
            readUntil(child, "checkpointed a part");
            disk.inject(new DiskFault("sync", ".db", "eio", 1));
            proceedUntil(child, "wrote more");
            disk.heal();
            proceedUntil(child, "wrote much more");
            child.kill();
        }
    }

    /** SQLite also checkpoints the WAL when the last connection is closed, and then deletes it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN_SQLITE")
    void aClosedStoreLeavesItsWalForTheNextOpening(Engine engine) throws Exception {
        try (ChildProcess child = start(engine, Ending.CLOSE)) {
            readUntil(child, "checkpointed a part");
            disk.inject(DiskFault.once("sync", ".db", "eio"));
            proceedUntil(child, "closed");
            child.kill();
        }
        requireWarning();
        requireNothingLost();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN_SQLITE")
    void aClosedStoreLeavesAWalOfUnknownProgressForTheNextOpening(Engine engine) throws Exception {
        closeAfterAFailedCheckpointBesideAnotherConnection(engine);

        assertThat(disk.directory().resolve("kvstore.db-wal")).isNotEmptyFile();
        requireWarning();
        requireNothingLost();
    }

    /** The negative control: SQLite checkpoints the rest of the WAL and then deletes it. */
    @Test
    void sqlitesOwnLastCheckpointLosesPagesOfThePartialCheckpoint() throws Exception {
        closeAfterAFailedCheckpointBesideAnotherConnection(Engine.PLAIN_SQLITE);

        assertThat(disk.directory().resolve("kvstore.db-wal")).doesNotExist();
        requireSomethingLost();
    }

    private void closeAfterAFailedCheckpointBesideAnotherConnection(Engine engine) throws Exception {
        try (ChildProcess child = start(engine, Ending.CLOSE_AFTER_ANOTHER)) {
            readUntil(child, "checkpointed a part");
            disk.inject(new DiskFault("sync", ".db", "eio", 1));
            proceedUntil(child, "wrote more");
            disk.heal();
            proceedUntil(child, "closed");
            child.kill();
        }
    }

    private ChildProcess start(Engine engine, Ending ending) throws Exception {
        List<String> arguments = List.of("-Xmx256m", "-Dorg.sqlite.tmpdir=" + directory);
        return ChildProcess.start(disk.environment(), CheckpointWorker.class, arguments, file(), engine, ending);
    }

    private Path file() {
        return disk.directory().resolve("kvstore.db");
    }

    private void proceedUntil(ChildProcess child, String marker) throws Exception {
        child.proceed();
        readUntil(child, marker);
    }

    private void readUntil(ChildProcess child, String marker) throws Exception {
        for (String line = child.awaitLine(""); !line.equals(marker); line = child.awaitLine("")) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("acknowledged")) {
                ledger.acknowledge(words[1]);
            } else if (words[0].equals("WARN")) {
                warnings.add(line);
            }
        }
    }

    private void requireWarning() throws Exception {
        assertThat(disk.faults()).isNotEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(file().toString())
                .contains("its WAL could not be checkpointed");
    }

    private void requireSomethingLost() throws Exception {
        assertThat(disk.faults()).isNotEmpty();
        assertThatThrownBy(this::requireNothingLost)
                .isInstanceOfAny(AssertionError.class, KvOpenException.class, DataAccessException.class);
    }

    private void requireNothingLost() throws Exception {
        Path left = disk.image().resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(left);
                Foreign foreign = Foreign.open(left)) {
            ledger.requireNothingLost(kv);
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
        }
    }
}
