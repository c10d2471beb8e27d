package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.reliability.Acknowledgements.Finding;
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
 * A power cut loses no acknowledged operation. Acknowledgements during the cut do not count: they come from a page
 * cache that is about to be lost.
 */
class PowerCutTest {

    private static final int CUTS = Math.max(20, Integer.getInteger("reliability.cuts", Effort.of(20, 200)));
    private static final int MOST_ACKNOWLEDGEMENTS = 1500;
    private static final int LONGEST_OPENING_MICROS = 400_000;

    /** Repeats the operations and times, as far as possible with two processes: {@code -Dreliability.seed=}. */
    private final long seed = Long.getLong("reliability.seed", System.nanoTime());

    private final Random random = new Random(seed);
    private final Acknowledgements acknowledgements = new Acknowledgements(seed);

    private CutDisk disk;

    /** Kept after a failure, to inspect the disk. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private long acknowledged;
    private long lost;
    private int cutsThatLost;

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
                    .matches(Aftermath::isGood, "nothing is lost or torn");
        }
        record("power-cut");
    }

    /** The negative control: proves that the disk does lose unsynced data. */
    @Test
    void aPowerCutLosesUnsyncedWritesButNeverAPartOfOne() throws Exception {
        for (int cut = 1; cut <= CUTS; cut++) {
            Aftermath aftermath = cut(Durability.NORMAL);
            String description = "cut %d, -Dreliability.seed=%d".formatted(cut, seed);
            assertThat(aftermath.integrity()).as(description).containsExactly("ok");
            assertThat(aftermath.findings()).as(description).noneMatch(Finding::torn);
        }
        assertThat(lost).isPositive();
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
        try (CrashProcess process = start(file, durability)) {
            for (int i = random.nextInt(MOST_ACKNOWLEDGEMENTS); i >= 0; i--) {
                acknowledgements.note(process.next(), true);
            }
            disk.cut();
            acknowledged += acknowledgements.count();
            process.kill().forEach(line -> acknowledgements.note(line, false));
        }
        disk.restore();
        if (random.nextInt(4) == 0) {
            cutWhileRecovering(file, durability);
        }
        Aftermath aftermath = Aftermath.of(file, acknowledgements);
        long lostNow = aftermath.findings().stream().mapToLong(Finding::lost).sum();
        lost += lostNow;
        cutsThatLost += lostNow > 0 ? 1 : 0;
        return aftermath;
    }

    private void cutWhileRecovering(Path file, Durability durability) throws Exception {
        try (CrashProcess recovering =
                CrashProcess.start(file, directory, durability, Flaw.NONE, seed, Stream.empty())) {
            LockSupport.parkNanos(1000L * random.nextInt(LONGEST_OPENING_MICROS));
            disk.cut();
            recovering.kill();
        }
        disk.restore();
    }

    private CrashProcess start(Path file, Durability durability) throws Exception {
        return CrashProcess.start(file, directory, durability, Flaw.NONE, seed, acknowledgements.next());
    }

    private void record(String name) {
        Findings.record(
                name,
                "%,d cuts, %,d acknowledged operations: %,d lost, in %d of the cuts, 0 torn."
                        .formatted(CUTS, acknowledged, lost, cutsThatLost));
    }
}
