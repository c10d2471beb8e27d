package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.Effort;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process writes and purges all the time. */
class SecondProcessTest {

    private static final int THREADS = 4;
    private static final int WRITES = Effort.of(2_000, 200_000);

    @TempDir
    Path directory;

    @Test
    void whatBothWereToldIsThereAndNobodyWaitsInVain() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Ledger ledger = new Ledger(100);
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                ChildProcess other = ChildProcess.start(SetsAndPurges.class, List.of(), file)) {
            other.awaitLine("ready");
            other.proceed();
            try (Load load = new Load(kv, ledger, THREADS)) {
                load.awaitAcknowledgements(WRITES);
                for (int i = 0; i < WRITES; i++) {
                    // The process ends here if one of its calls fails.
                    ledger.acknowledge(other.awaitLine("acknowledged ").split(" ", 2)[1]);
                }
                load.stop();
                other.kill();

                assertThat(ledger.failures()).isEmpty();
                assertThat(load.failedReads()).isEmpty();
            }
            ledger.requireNothingLost(kv);
            try (Foreign foreign = Foreign.open(file)) {
                assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
            }
        }
    }

    /** The second process. */
    static final class SetsAndPurges {

        private SetsAndPurges() {}

        public static void main(String[] arguments) throws Exception {
            SqliteKvStore kv = SqliteKvStore.open(Path.of(arguments[0]));
            System.out.println("ready");
            System.in.read();
            for (int i = 0; i < THREADS; i++) {
                String name = "there " + i + " ";
                new Thread(() -> work(kv, name)).start();
            }
        }

        private static void work(SqliteKvStore kv, String name) {
            Ledger ledger = new Ledger(100);
            for (int n = 0; ; n++) {
                kv.set("short", name + n, "value", Duration.ofNanos(1));
                if (!ledger.set(kv, name + n)) {
                    ledger.failures().forEach(System.out::println);
                    Runtime.getRuntime().halt(1);
                }
                System.out.println("acknowledged " + name + n);
                kv.purgeExpired();
            }
        }
    }
}
