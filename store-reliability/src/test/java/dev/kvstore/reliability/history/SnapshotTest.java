package dev.kvstore.reliability.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.reliability.ClassFindings;
import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.Unhurried;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/** A group of several slices, with inline and out-of-row values, is read as one snapshot, and deleted at once. */
class SnapshotTest {

    private static final int TIMES = Effort.of(30, 3_000);

    @RegisterExtension
    static final ClassFindings FIGURES = new ClassFindings("snapshot");

    @TempDir
    Path directory;

    @Test
    void aGroupIsReadAsOneSnapshot() throws Exception {
        try (SqliteKvStore one = builder().build();
                SqliteKvStore other = builder().build()) {
            check("two stores on one file", one, List.of(other, one));
        }
    }

    @Test
    void aGroupOfAStoreWithANearCacheIsReadAsOneSnapshot() throws Exception {
        try (SqliteKvStore store = builder().nearCache(DataSize.ofMegabytes(1)).build()) {
            check("one store with a near cache", store, List.of(store));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreWithTornGroupsIsFound(Tear tear) throws Exception {
        try (SqliteKvStore store = builder().build()) {
            KvStore torn = tear.apply(store);
            assertThat(new Snapshots(torn, List.of(torn)).firstTorn(10 * TIMES)).isNotEmpty();
        }
    }

    private SqliteKvStore.Builder builder() {
        return SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .durability(Durability.NORMAL)
                .clock(StandingClock.CLOCK)
                .templates(Unhurried.TEMPLATES);
    }

    private static void check(String name, KvStore written, List<? extends KvStore> read) throws Exception {
        Snapshots snapshots = new Snapshots(written, read);

        assertThat(snapshots.firstTorn(TIMES)).isEmpty();
        assertThat(snapshots.purged()).isPositive();
        FIGURES.add(("- %s: 4 readers of %,d keys, at least %,d reads each, during %,d steps and %,d purged entries:"
                        + " every read was one snapshot.")
                .formatted(
                        name,
                        KnownGroup.KEYS,
                        TIMES * GroupReading.values().length,
                        snapshots.steps(),
                        snapshots.purged()));
    }
}
