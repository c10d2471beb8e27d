package dev.kvstore.reliability.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.ClassFindings;
import dev.kvstore.reliability.Effort;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/**
 * Each conditional write, counter, batch and page takes effect at one moment, and no version is used twice, in every
 * thread, store and process. {@code -Dhistory.seed} and {@code -Dhistory.rounds} are those of
 * {@link LinearizabilityTest}.
 */
class ConditionHistoriesTest {

    private static final RecordedWorkload<ConditionalCall> CONDITIONS = new Conditions();
    private static final int CLIENTS = 8;
    private static final int CALLS = 20;
    private static final int ROUNDS = Integer.getInteger("history.rounds", Effort.of(200, 20_000));
    private static final int SOME_ROUNDS = Math.max(1, ROUNDS / 4);
    private static final long SEED =
            Long.getLong("history.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));

    @RegisterExtension
    static final ClassFindings FIGURES = new ClassFindings("conditions");

    @TempDir
    Path directory;

    @Test
    void theConditionalCallsOfOneStoreHaveOneOrder() throws Exception {
        try (SqliteKvStore store = builder().build();
                RecordedClients<ConditionalCall> clients = new Clients<>(CONDITIONS, CLIENTS, List.of(store))) {
            check("one store", ROUNDS, clients);
        }
    }

    @Test
    void theConditionalCallsOfAStoreInMemoryHaveOneOrder() throws Exception {
        try (SqliteKvStore store = SqliteKvStore.builder()
                        .inMemory()
                        .clock(StandingClock.CLOCK)
                        .build();
                RecordedClients<ConditionalCall> clients = new Clients<>(CONDITIONS, CLIENTS, List.of(store))) {
            check("one store in memory", ROUNDS, clients);
        }
    }

    @Test
    void theConditionalCallsOfTwoStoresOnOneFileHaveOneOrder() throws Exception {
        try (SqliteKvStore one = builder().build();
                SqliteKvStore other = builder().build();
                RecordedClients<ConditionalCall> clients = new Clients<>(CONDITIONS, CLIENTS, List.of(one, other))) {
            check("two stores on one file", SOME_ROUNDS, clients);
        }
    }

    @Test
    void theConditionalCallsOfAStoreWithANearCacheHaveOneOrder() throws Exception {
        try (SqliteKvStore store = builder().nearCache(DataSize.ofMegabytes(1)).build();
                RecordedClients<ConditionalCall> clients = new Clients<>(CONDITIONS, CLIENTS, List.of(store))) {
            check("one store with a near cache", ROUNDS, clients);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only on Linux two processes share a clock")
    void theConditionalCallsOfTwoProcessesHaveOneOrder() throws Exception {
        try (SqliteKvStore store = builder().build();
                TwoProcesses<ConditionalCall> clients =
                        new TwoProcesses<>(CONDITIONS, file(), store, ConditionFlaw.NONE, CLIENTS, CALLS, SEED)) {
            check("two processes", SOME_ROUNDS, clients);
            FIGURES.add(
                    "  %,d calls of one process overlapped with a call of the other.".formatted(clients.overlapping()));
        }
    }

    private SqliteKvStore.Builder builder() {
        return SqliteKvStore.builder().file(file()).clock(StandingClock.CLOCK);
    }

    private Path file() {
        return directory.resolve("kvstore.db");
    }

    private static void check(String name, int rounds, RecordedClients<ConditionalCall> clients) throws Exception {
        for (long seed = SEED; seed < SEED + rounds; seed++) {
            assertThat(CONDITIONS.violations(clients.round(seed, CALLS)))
                    .as("seed %d: -Dhistory.seed=%d -Dhistory.rounds=1 runs the same calls", seed, seed)
                    .isEmpty();
        }
        FIGURES.add("- %s: %,d histories of %d clients with %d conditional calls each, seeds from %d: all linearizable."
                .formatted(name, rounds, CLIENTS, CALLS, SEED));
    }
}
