package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Expiry;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvGroup;
import dev.kvstore.KvObserver;
import dev.kvstore.KvOperation;
import dev.kvstore.KvRange;
import dev.kvstore.KvStatus;
import dev.kvstore.MovedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.util.unit.DataSize;

/** What an observer on the builder sees of a store. */
class ObservedStoreTest {

    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock();
    private final Recorder recorder = new Recorder();

    /** Records what it sees, without the duration. */
    private static class Recorder implements KvObserver {

        final List<String> operations = new CopyOnWriteArrayList<>();
        final List<Integer> commits = new CopyOnWriteArrayList<>();
        final List<Long> purges = new CopyOnWriteArrayList<>();

        @Nullable
        KvStatus status;

        @Override
        public void opened(KvStatus status) {
            this.status = status;
        }

        @Override
        public @Nullable Object started(KvOperation operation) {
            return operation;
        }

        @Override
        public void ended(KvOperation operation, @Nullable Object started, long nanos, @Nullable Throwable failure) {
            assertThat(started).isSameAs(operation);
            assertThat(nanos).isNotNegative();
            operations.add(operation.text()
                    + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
        }

        @Override
        public void committed(int writes, long nanos) {
            assertThat(nanos).isPositive();
            commits.add(writes);
        }

        @Override
        public void purged(long rows) {
            purges.add(rows);
        }

        KvStatus status() {
            return Objects.requireNonNull(status);
        }
    }

    private SqliteKvStore.Builder builder() {
        return SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .clock(clock)
                .observer(recorder);
    }

    @Test
    void eachOperationOnTheDatabaseIsSeenByItsName() {
        try (SqliteKvStore kv = builder().build()) {
            KvGroup<String> group = kv.group("group");
            group.set("key", "value");
            group.get("key");
            group.entry("key");
            group.contains("key");
            group.getAll();
            group.getAll(List.of("key"));
            group.count();
            group.page(KvRange.all());
            group.getAndSet("key", "value", Expiry.never());
            group.getOrSet("key", "value", Expiry.never());
            group.expire("key", Expiry.never());
            group.getAndExpire("key", Expiry.never());
            group.setAll(Map.of("other", "value"));
            group.getAndDelete("key");
            group.delete("key");
            group.increment("number", 1);
            group.deleteAll(KvRange.all());
            group.clear();
            assertThat(kv.groups("")).isEmpty();
            assertThat(kv.changes().names()).isEmpty();
            kv.purgeExpired();
        }

        assertThat(recorder.operations)
                .contains(
                        "set", "get", "entry", "contains", "get-all", "count", "page", "get-or-set", "expire", "batch")
                .contains("delete", "increment", "delete-range", "groups", "changes", "purge");
    }

    @Test
    void theOperationsThatChangeEntriesAreKnown() {
        assertThat(KvOperation.values())
                .filteredOn(KvOperation::isWrite)
                .hasSize(11)
                .contains(KvOperation.SET, KvOperation.PURGE)
                .doesNotContain(KvOperation.GET, KvOperation.CHANGES);
    }

    @Test
    void aFailureIsSeenAndReachesTheCaller() {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        try (SqliteKvStore kv = builder().readOnly(true).build()) {
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> kv.set("group", "key", "value"));
        }

        assertThat(recorder.operations).containsExactly("set InvalidDataAccessApiUsageException");
        assertThat(recorder.commits).isEmpty();
    }

    @Test
    void eachCommitAndEachPurgeIsSeen() {
        try (SqliteKvStore kv = builder().build()) {
            kv.set("group", "key", "value", Duration.ofMinutes(1));
            kv.set("group", "other", "value");
            assertThat(recorder.commits).containsExactly(1, 1);
            clock.move(Duration.ofMinutes(2));
            kv.purgeExpired();
        }

        assertThat(recorder.purges).containsExactly(1L);
    }

    @Test
    void readsAreLeftAloneIfTheObserverWantsNone() {
        Recorder writes = new Recorder() {
            @Override
            public int readsPerObservation() {
                return 0;
            }
        };
        try (SqliteKvStore kv = builder().observer(writes).build()) {
            kv.set("group", "key", "value");
            kv.get("group", "key");
        }

        assertThat(writes.operations).containsExactly("set");
    }

    @Test
    void ofManyReadsSomeAreObservedAtRandom() {
        Recorder samples = new Recorder() {
            @Override
            public int readsPerObservation() {
                return 4;
            }
        };
        try (SqliteKvStore kv = builder().observer(samples).build()) {
            for (int i = 0; i < 4_000; i++) {
                kv.get("group", "key");
            }
        }

        // The standard deviation is 27.
        assertThat(samples.operations).hasSizeBetween(800, 1_200);
    }

    @Test
    void anObserverThatDoesNothingChangesNothing() {
        try (SqliteKvStore kv = builder().observer(new KvObserver() {}).build()) {
            kv.set("group", "key", "value");
            assertThat(kv.get("group", "key")).contains("value");
            kv.purgeExpired();
        }
    }

    @Test
    void whatAnObserverThrowsReachesNoCaller() {
        KvObserver failing = new KvObserver() {
            @Override
            public void opened(KvStatus status) {
                throw new IllegalStateException("opened");
            }

            @Override
            public Object started(KvOperation operation) {
                throw new IllegalStateException("started");
            }

            @Override
            public void ended(
                    KvOperation operation, @Nullable Object started, long nanos, @Nullable Throwable failure) {
                throw new IllegalStateException("ended");
            }

            @Override
            public void committed(int writes, long nanos) {
                throw new IllegalStateException("committed");
            }

            @Override
            public void purged(long rows) {
                throw new IllegalStateException("purged");
            }
        };
        try (SqliteKvStore kv = builder().observer(failing).build()) {
            kv.set("group", "key", "value");
            assertThat(kv.get("group", "key")).contains("value");
            assertThat(kv.purgeExpired()).isZero();
        }
    }

    @Test
    void theStatusSaysWhereTheStoreIsAndHowLarge() {
        Path file = directory.resolve("kvstore.db");
        KvStatus status;
        try (SqliteKvStore kv = builder().build()) {
            status = recorder.status();
            kv.set("group", "key", "v".repeat(100_000));

            assertThat(status.isOpen()).isTrue();
            assertThat(status.file()).contains(file.toAbsolutePath());
            assertThat(status.size()).isPresent();
            assertThat(status.walSize().orElseThrow()).isGreaterThan(100_000);
            assertThat(status.pendingWrites()).isZero();
            assertThat(status.isCheckpointFailing()).isFalse();
            assertThat(status.nearCache()).isEmpty();
            assertThat(status.pool()).isEmpty();
        }

        assertThat(status.isOpen()).isFalse();
        assertThat(status.walSize()).isEmpty();
        assertThat(status.size()).isPresent();
    }

    @Test
    void aCheckpointOnDemandEmptiesTheWal() {
        try (SqliteKvStore kv = builder().build()) {
            kv.set("group", "key", "v".repeat(100_000));

            assertThat(recorder.status().checkpoint()).hasValue(0);
            assertThat(kv.get("group", "key").orElseThrow()).hasSize(100_000);
            assertThat(recorder.status().size().orElseThrow()).isGreaterThan(100_000);
        }
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> recorder.status().checkpoint());
    }

    @Test
    void aReadOnlyStoreIsNotCheckpointed() {
        SqliteKvStore.open(directory.resolve("kvstore.db")).close();
        try (SqliteKvStore kv = builder().readOnly(true).build()) {
            assertThat(kv.get("group", "key")).isEmpty();
            KvStatus status = recorder.status();
            assertThat(status.isOpen()).isTrue();
            assertThat(status.file()).isPresent();
            assertThat(status.pendingWrites()).isZero();
            assertThat(status.isCheckpointFailing()).isFalse();
            assertThat(status.checkpoint()).isEmpty();
        }
    }

    @Test
    void aFileThatIsGoneHasNoSize() throws Exception {
        Path file = directory.resolve("kvstore.db");
        builder().build().close();
        Files.delete(file);
        assertThat(recorder.status().size()).isEmpty();
        assertThat(recorder.status().walSize()).isEmpty();
    }

    @Test
    void aStoreInMemoryHasNoFile() {
        try (SqliteKvStore kv = builder().inMemory().build()) {
            kv.set("group", "key", "value");
            KvStatus status = recorder.status();
            assertThat(status.isOpen()).isTrue();
            assertThat(status.file()).isEmpty();
            assertThat(status.size()).isEmpty();
            assertThat(status.walSize()).isEmpty();
            assertThat(status.checkpoint()).isEmpty();
            assertThat(status.pool()).isEmpty();
            assertThat(status.pendingWrites()).isZero();
            assertThat(status.isCheckpointFailing()).isFalse();
        }
        assertThat(recorder.commits).isEmpty();
    }

    @Test
    void theNearCacheCountsWhatItHasAndWhatTheDatabaseIsAskedFor() {
        try (SqliteKvStore kv = builder().nearCache(DataSize.ofMegabytes(1)).build()) {
            kv.set("group", "key", "value");
            kv.get("group", "key");
            kv.get("group", "key");
            kv.deleteGroup("group");
            kv.get("group", "key");

            // The delete of the group invalidates the entry without a visit; the last get is a miss.
            KvStatus.NearCache numbers = recorder.status().nearCache().orElseThrow();
            assertThat(numbers.hits()).isEqualTo(1);
            assertThat(numbers.misses()).isEqualTo(2);
            assertThat(numbers.evictions()).isZero();
            assertThat(numbers.size()).isEqualTo(1);
        }
        assertThat(recorder.operations).containsExactly("set", "get", "delete-range", "get");
    }

    @Test
    void theNearCacheCountsEvictions() {
        try (SqliteKvStore kv = builder().nearCache(DataSize.ofKilobytes(4)).build()) {
            for (int i = 0; i < 50; i++) {
                kv.get("group", "key" + i);
            }
            assertThat(recorder.status().nearCache().orElseThrow().evictions()).isPositive();
        }
    }
}
