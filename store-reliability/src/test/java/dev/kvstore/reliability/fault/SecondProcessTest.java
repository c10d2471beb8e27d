package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.Findings;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process writes and purges without a pause. */
class SecondProcessTest {

    private static final int THREADS = 4;
    private static final int WRITES = Effort.of(2_000, 200_000);

    @TempDir
    Path directory;

    /** The behaviour of the other process. */
    private enum Behaviour {
        WRITES,
        /** It deletes an entry of the other process. */
        DELETES_AN_ENTRY
    }

    private final Ledger ledger = new Ledger(100);

    @Test
    void noAcknowledgedWriteOfEitherProcessIsLostAndNoCallFails() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            workBeside(Behaviour.WRITES, kv, file, WRITES);

            ledger.requireNothingLost(kv);
            try (Foreign foreign = Foreign.open(file)) {
                assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
            }
            Findings.record(
                    "fault-second-process",
                    "Two processes that write and purge, %d threads in each: %s.".formatted(THREADS, ledger.tally()));
        }
    }

    /** The negative control: an entry of this process that the other one deletes is found missing. */
    @Test
    void anEntryDeletedByTheOtherProcessIsFound() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            workBeside(Behaviour.DELETES_AN_ENTRY, kv, file, 10);

            assertThatThrownBy(() -> ledger.requireNothingLost(kv)).hasMessageContaining("acknowledged and lost");
        }
    }

    private void workBeside(Behaviour behaviour, SqliteKvStore kv, Path file, int writes) throws Exception {
        try (ChildProcess other = ChildProcess.start(SetsAndPurges.class, List.of(), file, behaviour);
                Load load = new Load(kv, ledger, THREADS)) {
            load.awaitAcknowledgements(1);
            other.awaitLine("ready");
            other.proceed();
            load.awaitAcknowledgements(writes);
            for (int i = 0; i < writes; i++) {
                // Fails here if a call of the other process has failed.
                ledger.acknowledge(other.awaitLine("acknowledged ").split(" ", 2)[1]);
            }
            load.stop();
            other.kill();

            assertThat(ledger.failures()).isEmpty();
            assertThat(load.failedReads()).isEmpty();
        }
    }

    /** The second process. */
    static final class SetsAndPurges {

        private SetsAndPurges() {}

        public static void main(String[] arguments) throws Exception {
            SqliteKvStore kv = SqliteKvStore.open(Path.of(arguments[0]));
            System.out.println("ready");
            System.in.read();
            if (Behaviour.valueOf(arguments[1]) == Behaviour.DELETES_AN_ENTRY) {
                String any = kv.getAll(Ledger.GROUP).keySet().iterator().next();
                kv.delete(Ledger.GROUP, any);
            }
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
