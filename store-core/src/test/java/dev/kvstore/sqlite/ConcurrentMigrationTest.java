package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores of this version that start at once on an old file wait for the one that migrates it. */
class ConcurrentMigrationTest {

    private static final int STORES = 8;
    private static final String WAL = "PRAGMA journal_mode = WAL";
    private static final String ENTRIES = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < 1000) INSERT INTO kv (grp, key, value) SELECT 'old', 'key ' || i, 'value' FROM n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void storesOfOneProcessMigrateAnOldFileOnce(int version) throws Exception {
        Path file = LegacyFile.ofVersion(directory.resolve("kvstore.db"), version, WAL, ENTRIES);
        ExecutorService threads = Executors.newFixedThreadPool(STORES);
        try {
            CountDownLatch start = new CountDownLatch(STORES);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < STORES; i++) {
                String key = "key " + i;
                results.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    set(file, key);
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
        requireAllEntries(file);
    }

    @Tag("slow")
    @Test
    void processesMigrateAnOldFileOnce() throws Exception {
        Path file = LegacyFile.ofVersion(directory.resolve("kvstore.db"), 3, WAL, ENTRIES);
        List<ChildProcess> processes = new ArrayList<>();
        try {
            for (int i = 0; i < STORES; i++) {
                processes.add(
                        ChildProcess.start(SetOnce.class, List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"), file, i));
            }
            for (ChildProcess process : processes) {
                process.awaitLine("ready");
            }
            for (ChildProcess process : processes) {
                process.proceed();
            }
            for (ChildProcess process : processes) {
                process.awaitLine("set");
                process.awaitEnd();
            }
        } finally {
            processes.forEach(ChildProcess::close);
        }
        requireAllEntries(file);
    }

    private static void set(Path file, String key) {
        // Longer than even a busy machine takes to load eight processes.
        Duration busyTimeout = Duration.ofMinutes(2);
        try (SqliteKvStore kv =
                SqliteKvStore.builder().file(file).busyTimeout(busyTimeout).build()) {
            kv.set("new", key, "value");
        }
    }

    private static void requireAllEntries(Path file) throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.count("old")).isEqualTo(1000);
            assertThat(kv.count("new")).isEqualTo(STORES);
        }
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT version FROM kvstore_schema_history ORDER BY installed_rank"))
                    .containsExactly("1", "2", "3", "4", "5", "6");
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
        }
    }

    /** One of the processes. */
    static final class SetOnce {

        private SetOnce() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("ready");
            System.in.read();
            set(Path.of(arguments[0]), "key " + arguments[1]);
            System.out.println("set");
        }
    }
}
