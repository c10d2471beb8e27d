package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.Effort;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Callers read groups that do not fit into the heap: they get an error, and once memory is available again every
 * connection reads current data, and none blocks a checkpoint.
 */
class OutOfMemoryInReadsTest {

    private static final int LARGE_VALUES = 60;
    private static final int SMALL_VALUES = 40_000;
    private static final int READS = Effort.of(1, 40);

    @TempDir
    Path directory;

    @Test
    void theCallersGetAnErrorAndEveryReaderReadsCurrentDataAfterwards() throws Exception {
        Path file = directory.resolve("kvstore.db");
        fill(file);
        List<String> arguments = List.of("-Xmx24m", "-XX:+UseSerialGC");
        try (ChildProcess child = ChildProcess.start(SmallHeap.class, arguments, file, READS)) {
            assertThat(child.awaitLine("other ")).isEqualTo("other failures than out of memory []");
            assertThat(child.awaitLine("out of memory ")).isNotEqualTo("out of memory 0 times");
            assertThat(child.awaitLine("afterwards ")).isEqualTo("afterwards 24 of 24 read current data");
            assertThat(child.awaitLine("WAL ")).isEqualTo("WAL checkpointed");
            child.awaitEnd();
        }
    }

    private static void fill(Path file) throws Exception {
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("BEGIN");
            for (int i = 0; i < LARGE_VALUES; i++) {
                foreign.execute(
                        "INSERT INTO kv_entry (grp, key, value, version) VALUES ('0', 'key %d', hex(zeroblob(200000)), 1)"
                                .formatted(i));
            }
            for (int i = 0; i < SMALL_VALUES; i++) {
                foreign.execute(
                        "INSERT INTO kv_entry (grp, key, value, version) VALUES ('1', 'key %d', hex(zeroblob(200)), 1)"
                                .formatted(i));
            }
            foreign.execute("COMMIT");
        }
    }

    /** The process with the small heap. */
    static final class SmallHeap {

        private static final int THREADS = 8;
        // Three times as many threads as readers, so that each reader is preferred by some thread.
        private static final int PROBES = 24;

        private SmallHeap() {}

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[0]);
            try (SqliteKvStore kv = SqliteKvStore.open(file)) {
                List<Throwable> failures = readTooMuch(kv, Integer.parseInt(arguments[1]));
                System.out.println("other failures than out of memory "
                        + failures.stream().filter(e -> !isOutOfMemory(e)).toList());
                System.out.println("out of memory " + failures.size() + " times");
                System.out.println("afterwards " + probe(kv) + " of " + PROBES + " read current data");
                try (Foreign foreign = Foreign.open(file)) {
                    boolean busy =
                            foreign.query("PRAGMA wal_checkpoint(TRUNCATE)").contains("1");
                    System.out.println("WAL " + (busy ? "blocked by a reader" : "checkpointed"));
                }
            }
        }

        // The driver reports its own lack of memory by an exception.
        private static boolean isOutOfMemory(Throwable failure) {
            return failure instanceof OutOfMemoryError || failure instanceof DataAccessResourceFailureException;
        }

        private static List<Throwable> readTooMuch(KvStore kv, int reads) throws InterruptedException {
            List<Throwable> failures = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                String group = String.valueOf(t % 2);
                threads.add(new Thread(() -> {
                    for (int i = 0; i < reads; i++) {
                        try {
                            kv.getAll(group);
                        } catch (Throwable e) {
                            synchronized (failures) {
                                failures.add(e);
                            }
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            return failures;
        }

        private static int probe(KvStore kv) throws InterruptedException {
            AtomicInteger current = new AtomicInteger();
            for (int i = 0; i < PROBES; i++) {
                String value = "value " + i;
                Thread thread = new Thread(() -> {
                    kv.set("probe", "key", value);
                    Map<String, String> all = kv.getAll("probe");
                    if (kv.require("probe", "key").equals(value) && all.equals(Map.of("key", value))) {
                        current.incrementAndGet();
                    }
                });
                thread.start();
                thread.join();
            }
            return current.get();
        }
    }
}
