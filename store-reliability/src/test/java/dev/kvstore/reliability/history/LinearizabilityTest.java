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
 * Each call takes effect at one moment between its invocation and its return, in every thread, store and process: no
 * read is stale, and no write is acknowledged before others can read it. {@code -Dhistory.seed} and
 * {@code -Dhistory.rounds} set the seed of the first round and the number of rounds.
 */
class LinearizabilityTest {

    private static final RecordedWorkload<Event> REGISTERS = new Registers();
    private static final int CLIENTS = 8;
    private static final int CALLS = 20;
    private static final int ROUNDS = Integer.getInteger("history.rounds", Effort.of(200, 20_000));
    private static final int SOME_ROUNDS = Math.max(1, ROUNDS / 4);
    private static final long SEED =
            Long.getLong("history.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));

    @RegisterExtension
    static final ClassFindings FIGURES = new ClassFindings("linearizability");

    @TempDir
    Path directory;

    @Test
    void theCallsOfOneStoreHaveOneOrder() throws Exception {
        try (SqliteKvStore store = builder().build();
                RecordedClients<Event> clients = new Clients<>(REGISTERS, CLIENTS, List.of(store))) {
            check("one store", ROUNDS, clients);
        }
    }

    @Test
    void theCallsOfTwoStoresOnOneFileHaveOneOrder() throws Exception {
        try (SqliteKvStore one = builder().build();
                SqliteKvStore other = builder().build();
                RecordedClients<Event> clients = new Clients<>(REGISTERS, CLIENTS, List.of(one, other))) {
            check("two stores on one file", SOME_ROUNDS, clients);
        }
    }

    @Test
    void theCallsOfAStoreWithANearCacheHaveOneOrder() throws Exception {
        try (SqliteKvStore store = builder().nearCache(DataSize.ofMegabytes(1)).build();
                RecordedClients<Event> clients = new Clients<>(REGISTERS, CLIENTS, List.of(store))) {
            check("one store with a near cache", ROUNDS, clients);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only on Linux two processes share a clock")
    void theCallsOfTwoProcessesHaveOneOrder() throws Exception {
        try (SqliteKvStore store = builder().build();
                TwoProcesses<Event> clients =
                        new TwoProcesses<>(REGISTERS, file(), store, Flaw.NONE, CLIENTS, CALLS, SEED)) {
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

    private static void check(String name, int rounds, RecordedClients<Event> clients) throws Exception {
        for (long seed = SEED; seed < SEED + rounds; seed++) {
            assertThat(REGISTERS.violations(clients.round(seed, CALLS)))
                    .as("seed %d: -Dhistory.seed=%d -Dhistory.rounds=1 runs the same calls", seed, seed)
                    .isEmpty();
        }
        FIGURES.add("- %s: %,d histories of %d clients with %d calls each, seeds from %d: all linearizable."
                .formatted(name, rounds, CLIENTS, CALLS, SEED));
    }
}
