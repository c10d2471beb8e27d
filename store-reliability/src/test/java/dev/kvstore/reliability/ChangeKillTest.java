package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.reliability.Acknowledgements.Promise;
import dev.kvstore.reliability.ListenerWorker.Flaw;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that write, and processes with a durable subscription, are killed again and again: each change is
 * delivered, once or again after a kill, in the order of the commits. The log ends when nobody subscribes any more,
 * also after a kill.
 */
class ChangeKillTest {

    private static final int ROUNDS = Effort.of(4, 60);
    private static final int ROUNDS_THAT_FIND_A_FLAW = 10;
    private static final int WRITERS_OF_A_ROUND = 3;
    private static final int MOST_ACKNOWLEDGEMENTS = 800;
    private static final int ACKNOWLEDGEMENTS_OF_A_LISTENER = 400;
    private static final int RELAXED_PERCENT = 50;

    /** Repeats the operations and times, as far as possible with several processes: {@code -Dreliability.seed=}. */
    private final long seed = Long.getLong("reliability.seed", System.nanoTime());

    private final Random random = new Random(seed);
    private final Workload workload = new Workload(seed, RELAXED_PERCENT);
    private final Acknowledgements acknowledgements = new Acknowledgements(workload, Promise.ALL);
    private final ExpectedChanges expected = new ExpectedChanges(workload);
    private final DeliveredChanges delivered = new DeliveredChanges();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private Path file;
    private int listeners = 1;

    @BeforeEach
    void name() {
        System.out.println("changes: -Dreliability.seed=" + seed);
        file = directory.resolve("kvstore.db");
    }

    @Test
    void noChangeIsMissedOverKillsOfWritersAndListeners() throws Exception {
        assertThat(firstFaults(Flaw.NONE, ROUNDS))
                .as("-Dreliability.seed=%d", seed)
                .isEmpty();
        assertThat(delivered.repeated())
                .as("changes that were delivered again after a kill")
                .isPositive();
        Findings.record(
                "change-kill",
                "%,d writers and %,d listeners killed: %,d changes delivered, none missed or out of order; %,d again."
                        .formatted(ROUNDS * WRITERS_OF_A_ROUND, listeners, delivered.count(), delivered.repeated()));
    }

    @Test
    void theImitationForPlantedFlawsMissesNoChangeWithoutOne() throws Exception {
        assertThat(firstFaults(Flaw.IMITATION, Effort.of(2, ROUNDS)))
                .as("-Dreliability.seed=%d", seed)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "IMITATION"})
    void aPlantedFlawIsFound(Flaw flaw) throws Exception {
        assertThat(firstFaults(flaw, ROUNDS_THAT_FIND_A_FLAW))
                .as("-Dreliability.seed=%d", seed)
                .isNotEmpty();
    }

    @Test
    void theLogEndsAfterTheLastListenerWasKilled() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            try (ChildProcess listener = ChildProcess.start(Subscriber.class, List.of(), file)) {
                listener.awaitLine("subscribed");
                kv.set("group", "key", "value");
                assertThat(logged()).isEqualTo(new Logged(3, 1, 2));
                listener.kill();
            }
            pretendAMinuteHasPassed();
            kv.purgeExpired();
            assertThat(logged()).as("while a durable subscription is left").isEqualTo(new Logged(3, 1, 1));

            assertThat(kv.changes().forget(ListenerWorker.NAME)).isTrue();
            kv.purgeExpired();
            assertThat(logged()).isEqualTo(new Logged(0, 0, 0));
        }
    }

    /** Returns what was wrong in the first round in which something was. */
    private List<String> firstFaults(Flaw flaw, int rounds) throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("listener"));
        try (ListenerProcess listener = new ListenerProcess(file, temporary, flaw, delivered)) {
            List<String> faults = List.of();
            for (int round = 0; round < rounds && faults.isEmpty(); round++) {
                for (int writer = 0; writer < WRITERS_OF_A_ROUND; writer++) {
                    write(listener);
                }
                listener.awaitSubscribed();
                faults = faultsAfter("round " + round);
            }
            return faults;
        }
    }

    private void write(ListenerProcess listener) throws Exception {
        try (CrashProcess writer = CrashProcess.start(
                file, directory, Durability.FULL, CrashWorker.Flaw.NONE, workload, acknowledgements.next())) {
            for (int i = random.nextInt(MOST_ACKNOWLEDGEMENTS); i >= 0; i--) {
                acknowledgements.note(writer.next(), true);
                if (random.nextInt(ACKNOWLEDGEMENTS_OF_A_LISTENER) == 0) {
                    listener.restart();
                    listeners++;
                }
            }
            writer.kill().forEach(line -> acknowledgements.note(line, true));
        }
        Aftermath aftermath = Aftermath.of(file, acknowledgements);
        assertThat(aftermath).as("-Dreliability.seed=%d", seed).matches(Aftermath::isGood, "nothing is lost or torn");
        aftermath.settlement().findings().forEach(expected::add);
    }

    private List<String> faultsAfter(String marker) throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.builder()
                .file(file)
                .clock(() -> CrashOperation.PRESENT)
                .build()) {
            kv.purgeExpired();
            kv.set(ListenerWorker.MARKERS, marker, "value");
            delivered.await(ListenerWorker.MARKERS, marker);
        }
        List<String> faults = expected.faultsOf(delivered.takeNew());
        return Stream.of(delivered.faults(), faults, expected.expiredWithoutChange())
                .flatMap(Collection::stream)
                .limit(10)
                .toList();
    }

    /** The numbers of triggers, changes and subscriptions in the file. */
    private record Logged(int triggers, int changes, int subscriptions) {}

    private Logged logged() throws Exception {
        try (Foreign foreign = Foreign.open(file)) {
            return new Logged(
                    number(
                            foreign,
                            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'kv_change%'"),
                    number(foreign, "SELECT count(*) FROM kv_change"),
                    number(foreign, "SELECT count(*) FROM kv_subscriber"));
        }
    }

    private static int number(Foreign foreign, String sql) throws Exception {
        return Integer.parseInt(foreign.query(sql).get(0));
    }

    private void pretendAMinuteHasPassed() throws Exception {
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("UPDATE kv_subscriber SET seen_at = seen_at - 60000");
        }
    }

    /** A process with a durable and a passing subscription, which is killed. */
    static final class Subscriber {

        private Subscriber() {}

        @SuppressWarnings("resource") // runs until it is killed
        public static void main(String[] arguments) throws Exception {
            SqliteKvStore kv = SqliteKvStore.open(Path.of(arguments[0]));
            kv.changes().subscribe(change -> {});
            kv.changes().subscribe(ListenerWorker.NAME, Set.of("group"), change -> {});
            System.out.println("subscribed");
            System.in.read();
        }
    }
}
