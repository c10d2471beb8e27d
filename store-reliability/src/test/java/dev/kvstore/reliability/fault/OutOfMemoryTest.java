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

/** A caller whose value does not fit into the heap: it is told, the others go on, and the store works afterwards. */
class OutOfMemoryTest {

    private static final int THREADS = 4;
    private static final int TRIES = Effort.of(20, 100);
    private static final int LARGE = 10_000_000;

    @TempDir
    Path directory;

    @Test
    void theCallerIsToldAndTheOthersGoOn() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (ChildProcess child = start("-Xmx30m", file)) {
            assertThat(child.awaitLine("large ")).isEqualTo("large " + TRIES + " of " + TRIES + " out of memory");
            // An error may meet a caller that is not to blame; it is told as well.
            assertThat(child.awaitLine("others ")).isEqualTo("others told of java.lang.OutOfMemoryError, or nothing");
            assertThat(child.awaitLine("afterwards ")).isEqualTo("afterwards nothing is lost");
            child.awaitEnd();
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("large", "value")).isEmpty();
            assertThat(kv.get(Ledger.GROUP, "afterwards")).isPresent();
        }
        Findings.record(
                "fault-out-of-memory",
                "%d values of %d MB below a heap of 30 MB: each caller told, nothing lost."
                        .formatted(TRIES, LARGE / 1_000_000));
    }

    /** The negative control: it is the heap that is too small, and an error is told apart from none. */
    @Test
    void aHeapThatIsLargeEnoughFailsNobody() throws Exception {
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
                boolean told = ledger.failures().stream().allMatch(OutOfMemoryError.class::isInstance);
                System.out.println(
                        "others told of " + (told ? "java.lang.OutOfMemoryError, or nothing" : ledger.failures()));
                ledger.set(kv, "afterwards");
                ledger.requireNothingLost(kv);
                System.out.println("afterwards nothing is lost");
            }
        }

        private static int outOfMemory(KvStore kv, Load load, int tries) {
            // Its UTF-8 bytes take as much again, and what the driver binds once more.
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
