package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A closed store refuses calls, has lost no acknowledged write, and leaves only the database file. */
class ClosingTest {

    @TempDir
    Path directory;

    static Stream<Arguments> operations() {
        return Stream.of(
                operation("get", kv -> kv.get("group", "key")),
                operation("require", kv -> kv.require("group", "key")),
                operation("set", kv -> kv.set("group", "key", "value")),
                operation("set with ttl", kv -> kv.set("group", "key", "value", Duration.ofDays(1))),
                operation("delete", kv -> kv.delete("group", "key")),
                operation("count", kv -> kv.count("group")),
                operation("getAll", kv -> kv.getAll("group")),
                operation("deleteGroup", kv -> kv.deleteGroup("group")),
                operation("render", kv -> kv.render("text", "group")),
                operation("renderNamed", kv -> kv.renderNamed("greeting", "group")),
                operation("purgeExpired", KvStore::purgeExpired),
                operation("getAll of nothing", kv -> kv.group("group").getAll(List.of())),
                operation("setAll of nothing", kv -> kv.group("group").setAll(Map.of())),
                operation("deleteAll of nothing", kv -> kv.group("group").deleteAll(List.of())),
                operation("page of an empty range", kv -> kv.group("group").page(KvRange.between("b", "a"))),
                operation(
                        "a key of another type", kv -> kv.group("group").asMap().get((Object) 1)),
                operation("an empty batch", kv -> kv.batch().commit()));
    }

    private static Arguments operation(String name, Consumer<KvStore> operation) {
        return Arguments.of(name, operation);
    }

    private static void closeInAnotherThread(SqliteKvStore kv) {
        CompletableFuture.runAsync(kv::close).join();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void afterCloseEveryOperationIsRefused(String name, Consumer<KvStore> operation) {
        SqliteKvStore inFile = SqliteKvStore.open(directory.resolve("kvstore.db"));
        SqliteKvStore inMemory = SqliteKvStore.inMemory();
        closeInAnotherThread(inFile);
        closeInAnotherThread(inMemory);
        SqliteKvStore readOnly = SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .readOnly(true)
                .build();
        closeInAnotherThread(readOnly);

        for (SqliteKvStore kv : List.of(inFile, inMemory, readOnly)) {
            assertThatExceptionOfType(KvClosedException.class)
                    .isThrownBy(() -> operation.accept(kv))
                    .withMessageContaining("is closed");
        }
    }

    @Test
    void closingLeavesOnlyTheDatabaseFile() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore kv = SqliteKvStore.open(file);
        kv.set("group", "key", "value");
        kv.get("group", "key");

        kv.close();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void closingCheckpointsTheWalEvenIfAnotherProcessHasTheFileOpen() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (Foreign foreign = Foreign.open(file)) {
            SqliteKvStore kv = SqliteKvStore.open(file);
            foreign.query("SELECT count(*) FROM kv");
            kv.set("group", "key", "value");

            kv.close();

            assertThat(Files.size(directory.resolve("kvstore.db-wal"))).isZero();
            assertThat(foreign.query("SELECT value FROM kv")).containsExactly("value");
        }
    }

    @Test
    void closingTwiceHasNoEffect() {
        SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"));
        kv.close();
        kv.close();

        SqliteKvStore memory = SqliteKvStore.inMemory();
        memory.close();
        memory.close();
    }

    @Test
    void closingDuringWritesLosesNoAcknowledgedWrite() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore kv = SqliteKvStore.open(file);
        Map<Integer, Integer> acknowledged = new ConcurrentHashMap<>();
        List<Throwable> failures = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(200);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int thread = i;
            threads.add(new Thread(() -> setUntilClosed(kv, thread, acknowledged, started, failures)));
        }
        threads.forEach(Thread::start);
        started.await();

        kv.close();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).allSatisfy(e -> assertThat(e).isInstanceOf(KvClosedException.class));
        assertThat(failures).hasSize(8);
        try (SqliteKvStore reopened = SqliteKvStore.open(file)) {
            acknowledged.forEach((thread, last) ->
                    assertThat(reopened.get("group", "thread " + thread)).contains(last.toString()));
        }
    }

    private static void setUntilClosed(
            KvStore kv,
            int thread,
            Map<Integer, Integer> acknowledged,
            CountDownLatch started,
            List<Throwable> failures) {
        try {
            for (int i = 0; ; i++) {
                kv.set("group", "thread " + thread, Integer.toString(i));
                acknowledged.put(thread, i);
                kv.get("group", "thread " + thread);
                started.countDown();
            }
        } catch (RuntimeException e) {
            synchronized (failures) {
                failures.add(e);
            }
        }
    }
}
