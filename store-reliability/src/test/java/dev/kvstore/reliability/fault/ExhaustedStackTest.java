package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.Effort;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A caller whose stack is nearly exhausted, with a little more left at each call: the stack may overflow anywhere in
 * the store, in the driver, and in the handling of a failure. Other callers neither hang nor fail.
 *
 * <p>The control is the earlier queue with a reserve of a hundred small frames: all callers hung in 3 of 7 runs.
 */
class ExhaustedStackTest {

    @TempDir
    Path directory;

    @Test
    void noAcknowledgedWriteIsLostAndNoCallerHangs() throws Exception {
        try (ChildProcess child =
                ChildProcess.start(Recursing.class, List.of(), directory.resolve("kvstore.db"), Effort.of(2, 20))) {
            assertThat(child.awaitLine("overflowed ")).isEqualTo("overflowed true");
            assertThat(child.awaitLine("compared ")).isEqualTo("compared lost 0");
            child.awaitEnd();
        }
    }

    /** The process in which one thread recurses until its stack overflows, and calls the store while it returns. */
    static final class Recursing {

        private static final int THREADS = 32;
        private static final int CALLS_PER_RECURSION = 1_000;
        private static final long STACK_BYTES = 512 << 10;

        private Recursing() {}

        private static CountedWrites writes;
        private static KvStore kv;
        private static int called;
        private static boolean overflowed;
        private static volatile boolean ended;

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[0]);
            int recursions = Integer.parseInt(arguments[1]);
            writes = new CountedWrites(THREADS, recursions * CALLS_PER_RECURSION);
            SqliteKvStore store = SqliteKvStore.open(file);
            kv = store;
            writes.start(store, () -> ended);
            for (int i = 1; i <= recursions; i++) {
                int calls = i * CALLS_PER_RECURSION;
                Thread recursing = new Thread(null, () -> recurse(calls), "recursing", STACK_BYTES);
                recursing.start();
                writes.await(recursing);
            }
            ended = true;
            writes.join();
            System.out.println("overflowed " + overflowed);
            Thread closing = new Thread(store::close);
            closing.start();
            writes.await(closing);
            try (SqliteKvStore reopened = SqliteKvStore.open(file)) {
                System.out.println("compared " + writes.compared(reopened));
            }
        }

        @SuppressWarnings("InfiniteRecursion") // until the stack overflows
        private static void recurse(int calls) {
            try {
                recurse(calls);
            } catch (StackOverflowError end) {
                overflowed = true;
            }
            if (called < calls) {
                writes.write(kv, 0, called++);
            }
        }
    }
}
