package dev.kvstore.reliability.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.Figures;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/**
 * Each call takes effect at one moment between its invocation and its return, whichever thread or store makes it: no read
 * is stale, and nothing is acknowledged before others see it. {@code -Dhistory.seed} and {@code -Dhistory.rounds} set the
 * seed of the first round and how many there are.
 */
class LinearizabilityTest {

    private static final int CLIENTS = 8;
    private static final int CALLS = 20;
    private static final int ROUNDS = Integer.getInteger("history.rounds", Effort.of(200, 20_000));
    private static final long SEED =
            Long.getLong("history.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));

    @RegisterExtension
    static final Figures FIGURES = new Figures("linearizability");

    @TempDir
    Path directory;

    @Test
    void theClientsOfAStoreSeeOneOrderOfTheirCalls() throws Exception {
        try (SqliteKvStore store = open()) {
            check("one store", ROUNDS, List.of(store));
        }
    }

    @Test
    void theClientsOfTwoStoresOnAFileSeeOneOrderOfTheirCalls() throws Exception {
        try (SqliteKvStore one = open();
                SqliteKvStore other = open()) {
            check("two stores on one file", Math.max(1, ROUNDS / 4), List.of(one, other));
        }
    }

    @Test
    void theClientsOfAStoreWithACacheSeeOneOrderOfTheirCalls() throws Exception {
        try (SqliteKvStore store = SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .cache(DataSize.ofMegabytes(1))
                .build()) {
            check("one store with a cache", ROUNDS, List.of(store));
        }
    }

    private SqliteKvStore open() {
        return SqliteKvStore.open(directory.resolve("kvstore.db"));
    }

    private static void check(String name, int rounds, List<? extends KvStore> stores) throws Exception {
        try (Clients clients = new Clients(CLIENTS, stores)) {
            for (long seed = SEED; seed < SEED + rounds; seed++) {
                assertThat(Linearizability.violations(clients.round(seed, CALLS)))
                        .as("seed %d: -Dhistory.seed=%d -Dhistory.rounds=1 runs the same calls", seed, seed)
                        .isEmpty();
            }
        }
        FIGURES.add("- %s: %,d histories of %d clients with %d calls each, seeds from %d: all linearizable."
                .formatted(name, rounds, CLIENTS, CALLS, SEED));
    }
}
