package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteException;

/** Many threads, several stores and several processes use one file concurrently. */
class ConcurrencyTest {

    private static final int THREADS = 10;
    private static final int OPERATIONS = 100;
    private static final int OVERFLOWS = Boolean.getBoolean("tests.heavy") ? 100 : 5;

    @TempDir
    Path directory;

    @Test
    void manyThreadsSetAndGetInOneFile() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            onThreads(thread -> setAndGet(kv, "thread " + thread));

            requireComplete(kv, "thread ");
        }
    }

    @Test
    void manyThreadsSetAndGetInMemory() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.inMemory()) {
            onThreads(thread -> setAndGet(kv, "thread " + thread));

            requireComplete(kv, "thread ");
        }
    }

    @Test
    void concurrentWritesOfOneEntryDoNotMixTheirValues() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            kv.set("group", "key", "start");
            onThreads(thread -> {
                String value = Integer.toString(thread).repeat(1_000);
                for (int i = 0; i < OPERATIONS; i++) {
                    kv.set("group", "key", value);
                    String seen = kv.require("group", "key");
                    assertThat(seen).isEqualTo(seen.substring(0, 1).repeat(1_000));
                }
            });
            assertThat(kv.count("group")).isEqualTo(1);
        }
    }

    @Test
    void aThreadReadsItsOwnWrites() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            onThreads(thread -> {
                for (int i = 0; i < OPERATIONS; i++) {
                    kv.set("group", "key " + thread, "value " + i);
                    assertThat(kv.get("group", "key " + thread)).contains("value " + i);
                }
            });
        }
    }

    @Test
    void readsWritesAndPurgesRunConcurrently() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            onThreads(thread -> {
                for (int i = 0; i < OPERATIONS; i++) {
                    switch (thread % 5) {
                        case 0 -> kv.set("group", "key " + i, "value");
                        case 1 -> kv.set("short", "key " + i, "value", Duration.ofNanos(1));
                        case 2 -> kv.getAll("group");
                        case 3 -> kv.purgeExpired();
                        default -> kv.delete("other", "key " + i);
                    }
                }
            });
            assertThat(kv.count("group")).isEqualTo(OPERATIONS);
        }
    }

    @Test
    void aReadDoesNotWaitForAWriter() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                Foreign foreign = Foreign.open(file)) {
            kv.set("group", "key", "value");
            foreign.execute("BEGIN IMMEDIATE");
            foreign.execute("UPDATE kv SET value = 'uncommitted'");

            assertThat(kv.get("group", "key")).contains("value");
            assertThat(kv.getAll("group")).hasSize(1);
        }
    }

    @Test
    void twoStoresOfOneProcessShareAFile() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore first = SqliteKvStore.open(file);
                SqliteKvStore second = SqliteKvStore.open(file)) {
            onThreads(thread -> setAndGet(thread % 2 == 0 ? first : second, "thread " + thread));

            requireComplete(first, "thread ");
            requireComplete(second, "thread ");
        }
    }

    @Tag("slow")
    @Test
    void twoProcessesShareAFile() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                ChildProcess other = ChildProcess.start(SetAndGet.class, List.of(), file)) {
            other.awaitLine("ready");
            other.proceed();
            onThreads(thread -> setAndGet(kv, "parent " + thread));
            other.awaitEnd();

            requireComplete(kv, "parent ");
            requireComplete(kv, "child ");
        }
    }

    @Tag("slow")
    @Test
    void anotherProcessThatOpensAndClosesTheFileKeepsItsWal() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "before", "value");
            SqliteKvStore.open(file).close();
            try (ChildProcess other = ChildProcess.start(SetAndGet.class, List.of(), file)) {
                other.awaitLine("ready");
                other.proceed();
                other.awaitEnd();
            }
            kv.set("group", "after", "value");
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.getAll("group")).containsOnlyKeys("before", "after");
        }
    }

    @Test
    void storesOpenedConcurrentlyShareANewFile() throws Exception {
        Path file = directory.resolve("new/kvstore.db");
        onThreads(thread -> {
            try (SqliteKvStore kv = SqliteKvStore.open(file)) {
                kv.set("group", "key " + thread, "value");
            }
        });
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.count("group")).isEqualTo(THREADS);
        }
    }

    @Tag("slow")
    @Test
    void aStackOverflowInOneThreadDoesNotBlockOthers() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            // Initialize it now: a class whose initializer overflows the stack is unusable in all later tests.
            Class.forName(SQLiteException.class.getName());
            Thread deep = new Thread(null, () -> overflowAround(kv), "deep", 256 * 1024);
            deep.start();
            deep.join();

            assertThat(deep.isAlive()).isFalse();
            CompletableFuture.runAsync(() -> kv.set("group", "key", "value")).get(10, TimeUnit.SECONDS);
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    private static void overflowAround(KvStore kv) {
        for (int i = 0; i < OVERFLOWS; i++) {
            try {
                descend(kv, Integer.MAX_VALUE);
            } catch (StackOverflowError expected) {
                // Each round overflows at a different point.
            }
        }
    }

    private static void descend(KvStore kv, int depth) {
        kv.set("group", "deep", "value");
        kv.get("group", "deep");
        if (depth > 0) {
            descend(kv, depth - 1);
        }
    }

    @Test
    void anInterruptedThreadFinishesItsCallAndStaysInterrupted() {
        try (SqliteKvStore kv = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            Thread.currentThread().interrupt();

            kv.set("group", "key", "value");
            assertThat(kv.get("group", "key")).contains("value");

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void setAndGet(KvStore kv, String group) {
        for (int i = 0; i < OPERATIONS; i++) {
            kv.set(group, "key " + i, "value " + i);
            assertThat(kv.get(group, "key " + i)).contains("value " + i);
        }
    }

    private static void requireComplete(KvStore kv, String groupStart) {
        for (int thread = 0; thread < THREADS; thread++) {
            assertThat(kv.count(groupStart + thread)).isEqualTo(OPERATIONS);
        }
    }

    private static void onThreads(IntConsumer work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                results.add(threads.submit(() -> {
                    start.await();
                    work.accept(thread);
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The second process. */
    static final class SetAndGet {

        public static void main(String[] arguments) throws Exception {
            try (SqliteKvStore kv = SqliteKvStore.open(Path.of(arguments[0]))) {
                System.out.println("ready");
                System.in.read();
                onThreads(thread -> setAndGet(kv, "child " + thread));
            }
        }
    }
}
