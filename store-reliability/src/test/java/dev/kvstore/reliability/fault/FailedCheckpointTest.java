package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.fault.CheckpointWorker.Ending;
import dev.kvstore.reliability.fault.CheckpointWorker.Sharing;
import dev.kvstore.reliability.fault.FaultyDisk.DiskFault;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A part of the log was moved into the database without a sync, as a reader makes it; then the sync of the rest fails, and
 * with it the disk forgets that part. What was acknowledged is there after a loss of power all the same, whatever later
 * syncs say.
 */
class FailedCheckpointTest {

    @TempDir
    Path directory;

    private final Ledger ledger = CheckpointWorker.ledger();
    private FaultyDisk disk;

    @BeforeEach
    void build() throws Exception {
        disk = FaultyDisk.in(directory);
        SqliteKvStore.open(file()).close();
        disk.keep("kvstore.db");
    }

    @ParameterizedTest
    @EnumSource(Sharing.class)
    void theLogIsMovedAgainFromItsBeginningBeforeItIsOverwritten(Sharing sharing) throws Exception {
        try (ChildProcess child = start(sharing, Ending.WRITE)) {
            readUntil(child, "moved a part");
            disk.inject(new DiskFault("sync", ".db", "eio", 1));
            proceedUntil(child, "wrote on");
            disk.heal();
            proceedUntil(child, "wrote much more");
            assertThat(Files.size(disk.directory().resolve("kvstore.db-wal")))
                    .as("bytes of a log that is moved and begun anew once the disk works")
                    .isLessThan(ledger.bytes() * 3 / 4);
            child.kill();
        }
        requireNothingLost();
    }

    /** SQLite, too, moves the log when the last connection is closed, and then removes it. */
    @ParameterizedTest
    @EnumSource(Sharing.class)
    void aStoreThatIsClosedLeavesItsLogForTheNextOpening(Sharing sharing) throws Exception {
        try (ChildProcess child = start(sharing, Ending.CLOSE)) {
            readUntil(child, "moved a part");
            disk.inject(DiskFault.once("sync", ".db", "eio"));
            proceedUntil(child, "closed");
            child.kill();
        }
        requireNothingLost();
    }

    private ChildProcess start(Sharing sharing, Ending ending) throws Exception {
        List<String> arguments = List.of("-Xmx256m", "-Dorg.sqlite.tmpdir=" + directory);
        return ChildProcess.start(disk.environment(), CheckpointWorker.class, arguments, file(), sharing, ending);
    }

    private Path file() {
        return disk.directory().resolve("kvstore.db");
    }

    private void proceedUntil(ChildProcess child, String told) throws Exception {
        child.proceed();
        readUntil(child, told);
    }

    private void readUntil(ChildProcess child, String told) throws Exception {
        for (String line = child.awaitLine(""); !line.equals(told); line = child.awaitLine("")) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("acknowledged")) {
                ledger.acknowledge(words[1]);
            }
        }
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
