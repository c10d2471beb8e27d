package dev.kvstore.reliability.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.Findings;
import dev.kvstore.reliability.lease.PlantedLeases.Flaw;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes compete for a lease, and are killed and paused at random moments: by the store's clock there is never
 * more than one holder, tokens grow, and a storage that checks them refuses the holder that was paused for too long.
 */
class LeaseKillTest {

    private static final int ROUNDS = Effort.of(30, 1_000);
    private static final int ROUNDS_THAT_FIND_A_FLAW = 200;
    private static final int ONE_IN_KILLS = 5;
    private static final int LONGEST_WORK_MICROS = 50_000;
    private static final int LONGEST_PAUSE_MICROS = 60_000;
    private static final Duration TICK = Duration.ofMillis(1);
    private static final long TICK_NANOS = 50_000;

    /** Repeats the times of the kills and pauses: {@code -Dreliability.seed=}. */
    private final long seed = Long.getLong("reliability.seed", System.nanoTime());

    private final Random random = new Random(seed);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private Path file;
    private Path clockFile;
    private SharedClock clock;
    private LeaseServer server;

    @BeforeEach
    void open() throws Exception {
        System.out.println("leases: -Dreliability.seed=" + seed);
        file = directory.resolve("kvstore.db");
        clockFile = directory.resolve("clock");
        clock = SharedClock.open(clockFile);
        server = new LeaseServer();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void thereIsOneHolderAtATimeOverKillsAndPauses() throws Exception {
        compete(Flaw.NONE, ROUNDS);

        assertThat(server.holdings().faults()).as("-Dreliability.seed=%d", seed).isEmpty();
        assertThat(server.holdings().count()).isGreaterThan(ROUNDS);
        Findings.record(
                "leases",
                ("Two processes, %,d kills and pauses: the lease was held %,d times, never by two at once; the storage"
                                + " accepted %,d writes, and refused %,d with an old token.")
                        .formatted(
                                ROUNDS,
                                server.holdings().count(),
                                server.storage().stored(),
                                server.storage().refused()));
    }

    @Test
    void theImitationForPlantedFlawsHasOneHolderAtATimeWithoutOne() throws Exception {
        compete(Flaw.IMITATION, Effort.of(10, ROUNDS));

        assertThat(server.holdings().faults()).as("-Dreliability.seed=%d", seed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "IMITATION"})
    void aPlantedFlawIsFound(Flaw flaw) throws Exception {
        compete(flaw, ROUNDS_THAT_FIND_A_FLAW);

        assertThat(server.holdings().faults()).as("-Dreliability.seed=%d", seed).isNotEmpty();
    }

    @Test
    void aHolderThatWasPausedForTooLongIsRefusedByTheStorage() throws Exception {
        try (SqliteKvStore kv = store();
                ChildProcess other = start(WaitingHolder.class, Flaw.NONE)) {
            other.awaitLine("stored true");
            other.pause();
            assertThat(kv.leases().tryAcquire(LeaseWorker.NAME, LeaseWorker.DURATION))
                    .isEmpty();
            clock.move(LeaseWorker.DURATION);
            KvLease lease = take(kv.leases());
            assertThat(server.storage().store(lease.token())).isTrue();

            other.resume();
            other.proceed();

            other.awaitLine("stored false");
            other.awaitLine("renewed false");
            assertThat(server.storage().largest()).isEqualTo(lease.token());
            assertThat(lease.renew(LeaseWorker.DURATION)).isTrue();
        }
    }

    @Test
    void theLeaseOfAKilledHolderIsFreeWhenItsTimeIsUp() throws Exception {
        try (SqliteKvStore kv = store()) {
            try (ChildProcess other = start(WaitingHolder.class, Flaw.NONE)) {
                other.awaitLine("stored true");
                other.kill();
            }
            clock.move(LeaseWorker.DURATION.minus(TICK));
            assertThat(kv.leases().tryAcquire(LeaseWorker.NAME, LeaseWorker.DURATION))
                    .isEmpty();
            clock.move(TICK);

            KvLease lease = take(kv.leases());
            assertThat(lease.token()).isGreaterThan(server.storage().largest());
        }
    }

    private static KvLease take(KvLeases leases) {
        return leases.tryAcquire(LeaseWorker.NAME, LeaseWorker.DURATION).orElseThrow();
    }

    /** Lets two processes compete for so many rounds, or until something is wrong. */
    private void compete(Flaw flaw, int rounds) throws Exception {
        List<ChildProcess> processes = new ArrayList<>(List.of(startWorker(flaw), startWorker(flaw)));
        Ticking ticking = new Ticking(clock);
        try {
            for (int round = 0; round < rounds && !server.holdings().isFaulty(); round++) {
                awaitRandomTime(LONGEST_WORK_MICROS);
                int chosen = random.nextInt(processes.size());
                if (random.nextInt(ONE_IN_KILLS) == 0) {
                    processes.get(chosen).close();
                    processes.set(chosen, startWorker(flaw));
                } else {
                    processes.get(chosen).pause();
                    awaitRandomTime(LONGEST_PAUSE_MICROS);
                    processes.get(chosen).resume();
                }
            }
        } finally {
            ticking.end();
            processes.forEach(ChildProcess::close);
        }
        server.awaitEndOfHolders();
    }

    private ChildProcess startWorker(Flaw flaw) throws IOException {
        ChildProcess process = start(LeaseWorker.class, flaw);
        process.awaitLine("ready");
        return process;
    }

    private ChildProcess start(Class<?> main, Flaw flaw) throws IOException {
        List<String> jvm = List.of("-Dorg.sqlite.tmpdir=" + directory, "-XX:TieredStopAtLevel=1", "-Xmx128m");
        return ChildProcess.start(main, jvm, server.port(), file, clockFile, flaw);
    }

    private SqliteKvStore store() {
        return SqliteKvStore.builder().file(file).clock(clock).build();
    }

    // A random time: no condition to wait for.
    private void awaitRandomTime(int longestMicros) {
        LockSupport.parkNanos(1000L * random.nextInt(longestMicros));
    }

    /** Moves the clock about ten times as fast as time passes. */
    private static final class Ticking {

        private final Thread thread;
        private volatile boolean ended;

        Ticking(SharedClock clock) {
            this.thread = new Thread(() -> {
                while (!ended) {
                    clock.move(TICK);
                    LockSupport.parkNanos(TICK_NANOS);
                }
            });
            thread.start();
        }

        void end() throws InterruptedException {
            ended = true;
            thread.join();
        }
    }

    /** A process that takes the lease, stores, waits, and goes on as if it still had the lease. */
    static final class WaitingHolder {

        private WaitingHolder() {}

        /** The arguments are those of {@link LeaseWorker}. */
        public static void main(String[] arguments) throws IOException {
            SharedClock clock = SharedClock.open(Path.of(arguments[2]));
            try (SqliteKvStore kv = SqliteKvStore.builder()
                    .file(Path.of(arguments[1]))
                    .clock(clock)
                    .build()) {
                Holder holder = Holder.connect(Integer.parseInt(arguments[0]), clock);
                KvLease lease = take(kv.leases());
                System.out.println("stored " + holder.store(lease));
                System.in.read();
                System.out.println("stored " + holder.store(lease));
                System.out.println("renewed " + lease.renew(LeaseWorker.DURATION));
            }
        }
    }
}
