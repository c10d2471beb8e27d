package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.reliability.Acknowledgements.Finding;
import dev.kvstore.reliability.Acknowledgements.Promise;
import dev.kvstore.reliability.CrashWorker.Flaw;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut loses no acknowledged operation that was synced, leaves none half done, and no version is handed out
 * twice, not even one whose write was lost. Acknowledgements during the cut do not count: they come from a page
 * cache that is about to be lost.
 */
class PowerCutTest {

    private static final int CUTS = Math.max(20, Integer.getInteger("reliability.cuts", Effort.of(20, 200)));
    private static final int MOST_ACKNOWLEDGEMENTS = 1500;
    private static final int LONGEST_OPENING_MICROS = 400_000;

    /** So many that a power cut meets some that no write has synced since. */
    private static final int RELAXED_PERCENT = 97;

    /** Repeats the operations and times, as far as possible with two processes: {@code -Dreliability.seed=}. */
    private final long seed = Long.getLong("reliability.seed", System.nanoTime());

    private final Random random = new Random(seed);

    private Workload workload = new Workload(seed, 0);
    private Acknowledgements acknowledgements = new Acknowledgements(workload, Promise.ALL);

    private CutDisk disk;

    /** Kept after a failure, to inspect the disk. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private long acknowledged;
    private long undone;
    private int cutsThatUndid;
    private boolean versionsAreAhead;

    @BeforeEach
    void makeDisk() throws Exception {
        System.out.println("power cut: -Dreliability.seed=" + seed);
        disk = CutDisk.create(directory);
    }

    @AfterEach
    void removeDisk() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aPowerCutLosesNoAcknowledgedOperation() throws Exception {
        for (int cut = 1; cut <= CUTS; cut++) {
            assertThat(cut(Durability.FULL))
                    .as("cut %d, -Dreliability.seed=%d", cut, seed)
                    .matches(Aftermath::isGood, "nothing is lost or torn, and no version repeated");
        }
        record("power-cut");
    }

    @Test
    void aPowerCutLosesNoSyncedOperationAndNoneThatWasAcknowledgedBefore() throws Exception {
        workload = new Workload(seed, RELAXED_PERCENT);
        acknowledgements = new Acknowledgements(workload, Promise.SYNCED);
        for (int cut = 1; cut <= CUTS; cut++) {
            assertThat(cut(Durability.FULL))
                    .as("cut %d, -Dreliability.seed=%d", cut, seed)
                    .matches(Aftermath::isGood, "nothing synced is lost, nothing torn, and no version repeated");
        }
        assertThat(undone).as("operations that were not synced").isPositive();
        record("power-cut-relaxed");
    }

    /** The negative control: proves that the disk does lose unsynced data. */
    @Test
    void aPowerCutLosesUnsyncedWritesButNeverAPartOfOne() throws Exception {
        for (int cut = 1; cut <= CUTS; cut++) {
            assertThat(cut(Durability.NORMAL))
                    .as("cut %d, -Dreliability.seed=%d", cut, seed)
                    .matches(Aftermath::isIntact, "SQLite finds no error")
                    .matches(after -> after.settlement().isWhole(), "nothing is torn")
                    .matches(after -> after.settlement().versions().isEmpty(), "no version is repeated");
        }
        assertThat(undone).isPositive();
        record("power-cut-normal");
    }

    /**
     * ext4 syncs the name of a new file with the file; {@code FaultyDiskTest} shows that the store does not rely on
     * that.
     */
    @Test
    void aNewFileAndItsFirstEntrySurviveAPowerCut() throws Exception {
        Path file = disk.path().resolve("new").resolve("directory").resolve("kvstore.db");
        try (CrashProcess process = start(file, Durability.FULL)) {
            acknowledgements.note(process.next(), true);
            disk.cut();
            process.kill().forEach(line -> acknowledgements.note(line, false));
        }
        disk.restore();

        assertThat(file).exists();
        assertThat(Aftermath.of(file, acknowledgements)).matches(Aftermath::isGood, "the entry exists");
    }

    private Aftermath cut(Durability durability) throws Exception {
        Path file = disk.path().resolve("kvstore.db");
        try (CrashProcess process = start(file, durability);
                CutDisk.Switch power = disk.prepareCut()) {
            for (int i = random.nextInt(MOST_ACKNOWLEDGEMENTS); i >= 0; i--) {
                acknowledgements.note(process.next(), true);
            }
            power.cut();
            acknowledged += acknowledgements.count();
            process.kill().forEach(line -> acknowledgements.note(line, false));
        }
        disk.restore();
        if (random.nextInt(4) == 0) {
            cutWhileRecovering(file, durability);
        }
        Aftermath aftermath = Aftermath.of(file, acknowledgements);
        long undoneNow = aftermath.settlement().findings().stream()
                .mapToLong(Finding::undone)
                .sum();
        undone += undoneNow;
        cutsThatUndid += undoneNow > 0 ? 1 : 0;
        if (!versionsAreAhead) {
            VersionsAhead.in(file);
            versionsAreAhead = true;
        }
        return aftermath;
    }

    private void cutWhileRecovering(Path file, Durability durability) throws Exception {
        try (CrashProcess recovering =
                CrashProcess.start(file, directory, durability, Flaw.NONE, workload, Stream.empty())) {
            LockSupport.parkNanos(1000L * random.nextInt(LONGEST_OPENING_MICROS));
            disk.cut();
            recovering.kill();
        }
        disk.restore();
    }

    private CrashProcess start(Path file, Durability durability) throws Exception {
        return CrashProcess.start(file, directory, durability, Flaw.NONE, workload, acknowledgements.next());
    }

    private void record(String name) {
        Findings.record(
                name,
                "%,d cuts, %,d acknowledged operations: %,d lost, in %d of the cuts, 0 torn, no version repeated."
                        .formatted(CUTS, acknowledged, undone, cutsThatUndid));
    }
}
