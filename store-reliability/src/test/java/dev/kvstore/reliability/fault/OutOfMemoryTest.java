package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.Findings;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A caller whose value does not fit into the heap gets an error; other callers continue, and the store works
 * afterwards.
 */
class OutOfMemoryTest {

    private static final int THREADS = 4;
    private static final int TRIES = Effort.of(20, 100);
    private static final int LARGE = 10_000_000;

    @TempDir
    Path directory;

    @Test
    void theCallerGetsAnErrorAndOthersContinue() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (ChildProcess child = start("-Xmx30m", file)) {
            assertThat(child.awaitLine("large ")).isEqualTo("large " + TRIES + " of " + TRIES + " out of memory");
            // The error may hit an innocent caller, which then gets it as well.
            assertThat(child.awaitLine("others ")).isEqualTo("others got only OutOfMemoryErrors");
            assertThat(child.awaitLine("afterwards ")).isEqualTo("afterwards nothing is lost");
            child.awaitEnd();
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("large", "value")).isEmpty();
            assertThat(kv.get(Ledger.GROUP, "afterwards")).isPresent();
        }
        Findings.record(
                "fault-out-of-memory",
                "%d values of %d MB with a heap of 30 MB: each caller got an error, nothing lost."
                        .formatted(TRIES, LARGE / 1_000_000));
    }

    /** The negative control: without the small heap there is no error. */
    @Test
    void aLargeHeapFailsNoCaller() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (ChildProcess child = start("-Xmx300m", file)) {
            assertThat(child.awaitLine("large ")).isEqualTo("large 0 of " + TRIES + " out of memory");
            child.awaitEnd();
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.require("large", "value")).hasSize(LARGE);
        }
    }

    private static ChildProcess start(String heap, Path file) throws Exception {
        return ChildProcess.start(SmallHeap.class, List.of(heap, "-XX:+UseSerialGC"), file, TRIES);
    }

    /** The process with the small heap. */
    static final class SmallHeap {

        private SmallHeap() {}

        public static void main(String[] arguments) throws Exception {
            Ledger ledger = new Ledger(100);
            int tries = Integer.parseInt(arguments[1]);
            try (SqliteKvStore kv = SqliteKvStore.open(Path.of(arguments[0]))) {
                try (Load load = new Load(kv, ledger, THREADS)) {
                    load.awaitAcknowledgements(50);
                    System.out.println("large " + outOfMemory(kv, load, tries) + " of " + tries + " out of memory");
                    load.awaitAcknowledgements(200).stop();
                }
                boolean expected = ledger.failures().stream().allMatch(OutOfMemoryError.class::isInstance);
                System.out.println("others got " + (expected ? "only OutOfMemoryErrors" : ledger.failures()));
                ledger.set(kv, "afterwards");
                ledger.requireNothingLost(kv);
                System.out.println("afterwards nothing is lost");
            }
        }

        private static int outOfMemory(KvStore kv, Load load, int tries) {
            // The UTF-8 bytes take as much again, and the bytes that the driver binds once more.
            String large = "x".repeat(LARGE);
            int count = 0;
            for (int i = 0; i < tries; i++) {
                try {
                    kv.set("large", "value", large);
                } catch (OutOfMemoryError expected) {
                    count++;
                }
                load.awaitAcknowledgements(10);
            }
            return count;
        }
    }
}
