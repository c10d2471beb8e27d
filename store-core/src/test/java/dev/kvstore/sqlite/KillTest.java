package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the midst of work has lost nothing that it acknowledged, and left nothing half done. */
class KillTest {

    private static final int THREADS = 8;

    @TempDir
    Path directory;

    @RepeatedTest(5)
    void whatWasAcknowledgedBeforeTheKillIsThere() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Random random = new Random();
        Map<String, Long> acknowledged = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            killAfter(300 + random.nextInt(700), file, acknowledged);

            try (SqliteKvStore kv = SqliteKvStore.open(file);
                    Foreign foreign = Foreign.open(file)) {
                assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
                assertThat(acknowledged).hasSize(THREADS);
                acknowledged.forEach((thread, last) -> {
                    long found = Long.parseLong(kv.require("counters", thread));
                    // The next one may have been committed without its acknowledgement.
                    assertThat(found).as(thread).isBetween(last, last + 1);
                    assertThat(kv.get("deleted", thread + " " + last)).isEmpty();
                });
            }
        }
    }

    private void killAfter(int acknowledgements, Path file, Map<String, Long> acknowledged) throws Exception {
        try (ChildProcess child = ChildProcess.start(Worker.class, List.of("-Dorg.sqlite.tmpdir=" + directory), file)) {
            for (int i = 0; i < acknowledgements; i++) {
                record(child.awaitLine("acknowledged"), acknowledged);
            }
            child.kill();
            child.remainingLines().filter(line -> line.endsWith(".")).forEach(line -> record(line, acknowledged));
        }
    }

    private static void record(String line, Map<String, Long> acknowledged) {
        String[] words = line.split("[ .]", -1);
        acknowledged.put(words[1], Long.parseLong(words[2]));
    }

    /** The process that is killed. Each thread counts on from what it finds. */
    static final class Worker {

        public static void main(String[] arguments) {
            SqliteKvStore kv = SqliteKvStore.open(Path.of(arguments[0]));
            for (int i = 0; i < THREADS; i++) {
                String thread = "thread-" + i;
                new Thread(() -> work(kv, thread, System.out)).start();
            }
        }

        private static void work(SqliteKvStore kv, String thread, PrintStream out) {
            long n = kv.get("counters", thread).map(Long::parseLong).orElse(0L);
            while (true) {
                n++;
                kv.set("deleted", thread + " " + n, "value");
                kv.delete("deleted", thread + " " + n);
                kv.set("counters", thread, Long.toString(n));
                out.println("acknowledged " + thread + " " + n + ".");
            }
        }
    }
}
