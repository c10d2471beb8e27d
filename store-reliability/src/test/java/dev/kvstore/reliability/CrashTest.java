package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.reliability.Acknowledgements.Finding;
import dev.kvstore.reliability.Acknowledgements.Promise;
import dev.kvstore.reliability.Acknowledgements.Settlement;
import dev.kvstore.reliability.CrashWorker.Flaw;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process killed while it works, or opens or closes the store, loses no acknowledged operation, of whatever
 * durability, leaves none half done, and no version is handed out twice. All kills use one file.
 */
class CrashTest {

    private static final int KILLS = Integer.getInteger("reliability.kills", Effort.of(25, 1000));
    private static final int KILLS_THAT_FIND_A_FLAW = 20;
    private static final int MOST_ACKNOWLEDGEMENTS = 2000;
    private static final int LONGEST_OPENING_MICROS = 400_000;
    private static final int LONGEST_CLOSING_MICROS = 20_000;
    private static final int RELAXED_PERCENT = 50;

    /** Repeats the operations and times, as far as possible with two processes: {@code -Dreliability.seed=}. */
    private final long seed = Long.getLong("reliability.seed", System.nanoTime());

    private final Random random = new Random(seed);
    private final Workload workload = new Workload(seed, RELAXED_PERCENT);
    private final Acknowledgements acknowledgements = new Acknowledgements(workload, Promise.ALL);

    /** Kept after a failure, to inspect the file. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private int kills;

    @Test
    void aKillLosesNoAcknowledgedOperation() throws Exception {
        System.out.println("kill: -Dreliability.seed=" + seed);
        long acknowledged = 0;
        int walRestarts = 0;
        List<Duration> openings = new ArrayList<>();
        // The first opening in a process also loads classes.
        SqliteKvStore.open(directory.resolve("another.db")).close();
        while (kills < KILLS) {
            work(Flaw.NONE);
            acknowledged += acknowledgements.count();
            Aftermath aftermath = aftermath();
            assertThat(aftermath)
                    .as("kill %d, -Dreliability.seed=%d", kills, seed)
                    .matches(Aftermath::isGood, "nothing is lost or torn, and no version repeated");
            walRestarts += aftermath.walRestarts();
            openings.add(aftermath.opening());
        }
        assertThat(walRestarts)
                .as("restarts of the WAL, each after a checkpoint")
                .isGreaterThan(KILLS);
        openings.sort(null);
        Findings.record(
                "kill",
                ("%,d kills, %,d acknowledged operations, %,d restarts of the WAL: 0 lost, 0 torn, no version repeated."
                                + " Reopened in %d ms (median), %d ms (longest).")
                        .formatted(
                                KILLS,
                                acknowledged,
                                walRestarts,
                                openings.get(KILLS / 2).toMillis(),
                                openings.get(KILLS - 1).toMillis()));
    }

    @Test
    void anAcknowledgementBeforeTheCommitIsFound() throws Exception {
        assertThat(firstFault(Flaw.ACKNOWLEDGES_BEFORE_THE_COMMIT))
                .as("-Dreliability.seed=%d", seed)
                .matches(Settlement::hasLost);
    }

    @Test
    void anAcknowledgementOfARelaxedWriteBeforeTheCommitIsFound() throws Exception {
        assertThat(firstFault(Flaw.ACKNOWLEDGES_RELAXED_WRITES_BEFORE_THE_COMMIT))
                .as("-Dreliability.seed=%d", seed)
                .matches(Settlement::hasLost);
    }

    @Test
    void aGroupDeletedInPiecesIsFound() throws Exception {
        assertThat(firstFault(Flaw.DELETES_A_GROUP_IN_PIECES).findings())
                .as("-Dreliability.seed=%d", seed)
                .anyMatch(Finding::torn);
    }

    @Test
    void aBatchCommittedInPiecesIsFound() throws Exception {
        assertThat(firstFault(Flaw.COMMITS_A_BATCH_IN_PIECES))
                .as("-Dreliability.seed=%d", seed)
                .matches(fault -> fault.findings().stream().anyMatch(Finding::torn)
                        || !fault.counters().areWhole());
    }

    @Test
    void anIncrementInTwoStepsIsFound() throws Exception {
        assertThat(firstFault(Flaw.INCREMENTS_IN_TWO_STEPS).lostIncrements())
                .as("-Dreliability.seed=%d", seed)
                .isPositive();
    }

    @Test
    void aForgottenTtlIsFound() throws Exception {
        assertThat(firstFault(Flaw.FORGETS_THE_TTL).findings())
                .as("-Dreliability.seed=%d", seed)
                .anyMatch(finding -> !finding.torn() && !finding.expiryKept());
    }

    @Test
    void versionsThatAreHandedOutAgainAfterARestartAreFound() throws Exception {
        assertThat(firstFault(Flaw.TAKES_THE_LAST_VERSIONS_AGAIN).versions())
                .as("-Dreliability.seed=%d", seed)
                .isNotEmpty();
    }

    private Settlement firstFault(Flaw flaw) throws Exception {
        while (kills < KILLS_THAT_FIND_A_FLAW) {
            work(flaw);
            Aftermath aftermath = aftermath();
            assertThat(aftermath.integrity()).containsExactly("ok");
            if (!aftermath.isGood()) {
                return aftermath.settlement();
            }
        }
        throw new AssertionError("No fault in %d kills, -Dreliability.seed=%d".formatted(kills, seed));
    }

    /**
     * Kills one process at work, in every eighth case while it opens the store, in every fourth other case while it
     * closes it; then, in every eighth case, another process during recovery.
     */
    private void work(Flaw flaw) throws Exception {
        try (CrashProcess process = start(flaw, acknowledgements.next())) {
            if (random.nextInt(8) == 0) {
                awaitRandomTime(LONGEST_OPENING_MICROS);
            } else {
                for (int i = random.nextInt(MOST_ACKNOWLEDGEMENTS); i >= 0; i--) {
                    acknowledgements.note(process.next(), true);
                }
                if (random.nextInt(4) == 0) {
                    process.askToClose();
                    awaitRandomTime(LONGEST_CLOSING_MICROS);
                } else {
                    awaitRandomTime(2000);
                }
            }
            process.kill().forEach(line -> acknowledgements.note(line, true));
        }
        if (random.nextInt(8) == 0) {
            try (CrashProcess idle = start(flaw, Stream.empty())) {
                awaitRandomTime(LONGEST_OPENING_MICROS);
                idle.kill();
            }
        }
    }

    private Aftermath aftermath() throws Exception {
        Aftermath aftermath = Aftermath.of(file(), acknowledgements);
        kills++;
        if (kills == 1) {
            VersionsAhead.in(file());
        }
        return aftermath;
    }

    private CrashProcess start(Flaw flaw, Stream<Object> next) throws Exception {
        return CrashProcess.start(file(), directory, Durability.FULL, flaw, workload, next);
    }

    // A random time: no condition to wait for.
    private void awaitRandomTime(int longestMicros) {
        LockSupport.parkNanos(1000L * random.nextInt(longestMicros));
    }

    private Path file() {
        return directory.resolve("kvstore.db");
    }
}
