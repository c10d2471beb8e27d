package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvTypeException;
import dev.kvstore.MovedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over all stores that a file has had, no version is given twice, and those of a key only grow. */
class VersionsOfSharedFilesTest {

    /** More than a block of versions has. */
    private static final int MORE_THAN_A_BLOCK = 300;

    @TempDir
    Path directory;

    private SqliteKvStore open() {
        return open(Durability.FULL);
    }

    private SqliteKvStore open(Durability durability) {
        return SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .durability(durability)
                .build();
    }

    private static long version(SqliteKvStore kv, String key) {
        return kv.group("group").entry(key).orElseThrow().version();
    }

    @ParameterizedTest
    @EnumSource
    void aReopenedStoreGivesLargerVersions(Durability durability) {
        Set<Long> versions = new HashSet<>();
        long last = 0;
        for (int opening = 0; opening < 4; opening++) {
            try (SqliteKvStore kv = open(durability)) {
                for (int i = 0; i < 3; i++) {
                    kv.set("group", "key", "value");
                    assertThat(version(kv, "key")).isGreaterThan(last);
                    last = version(kv, "key");
                    kv.set("group", "large " + opening + i, "x".repeat(600));
                    assertThat(versions.add(last)).isTrue();
                    assertThat(versions.add(version(kv, "large " + opening + i)))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aVersionGrowsOverDeleteExpiryPurgeAndReopening() {
        MovedClock clock = new MovedClock();
        long last = 0;
        for (int opening = 0; opening < 4; opening++) {
            try (SqliteKvStore kv = SqliteKvStore.builder()
                    .file(directory.resolve("kvstore.db"))
                    .clock(clock)
                    .build()) {
                kv.purgeExpired();
                kv.set("group", "deleted", "value");
                assertThat(version(kv, "deleted")).isGreaterThan(last);
                last = version(kv, "deleted");
                kv.delete("group", "deleted");
                kv.set("group", "deleted", "value", Duration.ofSeconds(1));
                assertThat(version(kv, "deleted")).isGreaterThan(last);
                last = version(kv, "deleted");
            }
            clock.move(Duration.ofSeconds(2));
        }
    }

    @Test
    void aStoreWhoseClockIsSetBackGivesLargerVersions() {
        long last = 0;
        for (int years = 0; years < 3; years++) {
            MovedClock clock = new MovedClock();
            clock.move(Duration.ofDays(-365L * years));
            try (SqliteKvStore kv = SqliteKvStore.builder()
                    .file(directory.resolve("kvstore.db"))
                    .clock(clock)
                    .build()) {
                kv.set("group", "key", "value");
                assertThat(version(kv, "key")).isGreaterThan(last);
                last = version(kv, "key");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, MORE_THAN_A_BLOCK})
    void twoStoresThatWriteInTurnsGiveLargerVersions(int writesAtOnce) {
        try (SqliteKvStore one = open();
                SqliteKvStore other = open()) {
            List<Long> versions = new ArrayList<>();
            for (int turn = 0; turn < 6; turn++) {
                SqliteKvStore writing = turn % 2 == 0 ? one : other;
                SqliteKvStore reading = turn % 3 == 0 ? one : other;
                KvBatch batch = writing.batch();
                for (int i = 1; i < writesAtOnce; i++) {
                    batch.set(writing.group("others"), "key " + i, "value");
                }
                batch.commit();
                writing.set("group", "key", "x".repeat(turn * 200));
                versions.add(version(reading, "key"));
            }

            assertThat(versions).isSorted().doesNotHaveDuplicates();
        }
    }

    /** Each is one statement without a transaction around it. */
    private static Stream<Arguments> changes() {
        return Stream.of(
                change("set", (group, version) -> group.set("key", "1")),
                change("setIfAbsent", (group, version) -> {
                    group.delete("key");
                    assertThat(group.setIfAbsent("key", "1")).isTrue();
                }),
                change(
                        "setIfPresent",
                        (group, version) ->
                                assertThat(group.setIfPresent("key", "1")).isTrue()),
                change(
                        "compareAndSet",
                        (group, version) -> assertThat(group.compareAndSet("key", version, "1", Expiry.never()))
                                .isPresent()),
                change("set that keeps the expiry", (group, version) -> group.set("key", "1", Expiry.keep())),
                change("increment", (group, version) -> group.increment("key", 1)),
                change(
                        "getAndSet",
                        (group, version) -> assertThat(group.getAndSet("key", "1", Expiry.never()))
                                .isPresent()));
    }

    private static Arguments change(String name, ObjLongConsumer<KvGroup<String>> change) {
        return Arguments.of(Named.of(name, change));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeAfterThatOfAnotherStoreGivesALargerVersion(ObjLongConsumer<KvGroup<String>> change) {
        try (SqliteKvStore one = open();
                SqliteKvStore other = open()) {
            one.set("group", "key", "0");
            List<Long> versions = new ArrayList<>(List.of(version(one, "key")));
            for (int turn = 0; turn < 6; turn++) {
                SqliteKvStore writing = turn % 2 == 0 ? other : one;
                change.accept(writing.group("group"), version(one, "key"));
                versions.add(version(one, "key"));
            }

            assertThat(versions).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void aRefusedIncrementAfterAWriteOfAnotherStoreSaysWhy() {
        try (SqliteKvStore one = open();
                SqliteKvStore other = open()) {
            one.set("group", "key", String.valueOf(Long.MAX_VALUE));
            other.set("group", "other", "value");

            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> one.group("group").increment("key", 1));
            assertThatExceptionOfType(KvTypeException.class)
                    .isThrownBy(() -> one.group("group").increment("other", 1));
            assertThat(one.get("group", "key")).contains(String.valueOf(Long.MAX_VALUE));
        }
    }

    @Test
    void aVersionSeenInOneStoreIsAConditionInAnother() {
        try (SqliteKvStore one = open();
                SqliteKvStore other = open(Durability.NORMAL)) {
            KvGroup<String> ofOne = one.group("group");
            KvGroup<String> ofOther = other.group("group");
            long version = ofOne.compareAndSet("key", 0, "1", Expiry.never()).orElseThrow();

            assertThat(ofOther.compareAndSet("key", 0, "2", Expiry.never())).isEmpty();
            long next =
                    ofOther.compareAndSet("key", version, "2", Expiry.never()).orElseThrow();
            assertThat(ofOne.compareAndSet("key", version, "3", Expiry.never())).isEmpty();
            assertThat(one.batch()
                            .check(ofOne, "key", next)
                            .delete(ofOne, "key")
                            .commit())
                    .isTrue();
            assertThat(ofOther.setIfAbsent("key", "4")).isTrue();
            assertThat(ofOne.compareAndDelete("key", next)).isFalse();
            assertThat(ofOne.get("key")).contains("4");
        }
    }

    @Test
    void twoStoresThatWriteAtOnceGiveEachVersionOnceAndThoseOfAKeyInOrder() throws Exception {
        List<KvEntry<Long>> seen = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (SqliteKvStore one = open();
                SqliteKvStore other = open()) {
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<List<KvEntry<Long>>>> counted = Stream.of(one, other, one, other)
                    .map(kv -> threads.submit(() -> count(kv.group("counters", Long.class), start)))
                    .toList();
            for (Future<List<KvEntry<Long>>> entries : counted) {
                seen.addAll(entries.get());
            }
            assertThat(one.group("counters", Long.class).get("key")).contains(400L);
        } finally {
            threads.shutdownNow();
        }

        assertThat(seen.stream().filter(entry -> !entry.key().equals("key")))
                .extracting(KvEntry::version)
                .doesNotHaveDuplicates();
        assertThat(seen.stream()
                        .filter(entry -> entry.key().equals("key"))
                        .sorted(Comparator.comparingLong(KvEntry::version)))
                .extracting(KvEntry::value)
                .isSorted();
    }

    /** Counts in a key that all share, and sets a key of its own each time. */
    private static List<KvEntry<Long>> count(KvGroup<Long> counters, CyclicBarrier start) throws Exception {
        start.await();
        return IntStream.range(0, 100)
                .boxed()
                .flatMap(i -> {
                    counters.increment("key", 1);
                    String own = Thread.currentThread().getName() + " " + i;
                    counters.set(own, 1L);
                    return Stream.of(
                            counters.entry("key").orElseThrow(),
                            counters.entry(own).orElseThrow());
                })
                .toList();
    }
}
