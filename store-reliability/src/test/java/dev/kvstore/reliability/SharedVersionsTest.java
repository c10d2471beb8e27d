package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Threads of several stores that write at once, alone and in batches, synced and not, never get one version twice, and
 * those of each entry grow. Each store takes its versions in blocks, which the other one ends.
 */
class SharedVersionsTest {

    private static final int THREADS = 4;
    private static final int WRITES = Effort.of(1_000, 50_000);
    private static final int WRITES_THAT_FIND_A_FLAW = 1_000;
    private static final int KEYS = 8;
    private static final int ONE_IN_MANY = 20;
    private static final int LENGTH_OF_MANY = 100;
    private static final int ONE_IN_SYNCED = 20;

    /** A version that a write gave to an entry. */
    private record Given(String entry, long version) {}

    @TempDir
    Path directory;

    private final HandedOutVersions versions = new HandedOutVersions();

    @Test
    void threadsOfTwoStoresOnOneFileGetNoVersionTwice() throws Exception {
        try (SqliteKvStore one = SqliteKvStore.open(file());
                SqliteKvStore other = SqliteKvStore.open(file())) {
            write(List.of(one, other), WRITES);
        }

        assertThat(versions.faults()).isEmpty();
    }

    @Test
    void threadsOfAStoreInMemoryGetNoVersionTwice() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.inMemory()) {
            write(List.of(kv), WRITES);
        }

        assertThat(versions.faults()).isEmpty();
    }

    /** The negative control. */
    @Test
    void aBlockThatIsTakenTwiceIsFound() throws Exception {
        SqliteKvStore.open(file()).close();
        VersionsAhead.in(file());
        try (SqliteKvStore one = SqliteKvStore.open(file());
                SqliteKvStore other = SqliteKvStore.open(file());
                Foreign foreign = Foreign.open(file())) {
            write(List.of(one), WRITES_THAT_FIND_A_FLAW);
            foreign.execute("UPDATE kv_meta SET low = low - 20000, high = high - 20000");
            write(List.of(other), WRITES_THAT_FIND_A_FLAW);
        }

        assertThat(versions.faults()).isNotEmpty();
    }

    private Path file() {
        return directory.resolve("kvstore.db");
    }

    private void write(List<KvStore> stores, int writes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(stores.size() * THREADS);
        try {
            List<Future<List<Given>>> writing = new ArrayList<>();
            for (KvStore store : stores) {
                for (int thread = 0; thread < THREADS; thread++) {
                    String group = "thread " + writing.size();
                    writing.add(threads.submit(() -> write(store.group(group), writes)));
                }
            }
            for (Future<List<Given>> given : writing) {
                given.get().forEach(next -> versions.given(next.entry(), next.version()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Given> write(KvGroup<String> synced, int writes) {
        List<Given> given = new ArrayList<>();
        KvGroup<String> relaxed = synced.durability(Durability.NORMAL);
        SplittableRandom random = new SplittableRandom(synced.name().hashCode());
        for (int i = 0; i < writes; i++) {
            KvGroup<String> group = random.nextInt(ONE_IN_SYNCED) == 0 ? synced : relaxed;
            if (random.nextInt(ONE_IN_MANY) == 0) {
                setMany(group, given);
            } else {
                setOne(group, "key " + random.nextInt(KEYS), given);
            }
        }
        return given;
    }

    private static void setOne(KvGroup<String> group, String key, List<Given> given) {
        long before = group.entry(key).map(KvEntry::version).orElse(0L);
        long version = group.compareAndSet(key, before, "value", Expiry.never()).orElseThrow();
        given.add(new Given(group.name() + "/" + key, version));
    }

    private static void setMany(KvGroup<String> group, List<Given> given) {
        Map<String, String> many =
                IntStream.range(0, LENGTH_OF_MANY).boxed().collect(Collectors.toMap(i -> "many " + i, i -> "value"));
        group.setAll(many);
        many.keySet()
                .forEach(key -> given.add(new Given(
                        group.name() + "/" + key, group.entry(key).orElseThrow().version())));
    }
}
