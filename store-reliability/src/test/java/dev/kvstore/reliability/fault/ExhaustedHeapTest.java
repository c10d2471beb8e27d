package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.Effort;
import dev.kvstore.reliability.ForwardingKvStore;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A heap full of small objects, so that any allocation of the store or the driver may fail, even while a failure is
 * handled: no call returns for a write that is lost, no caller hangs, and the store works afterwards.
 */
class ExhaustedHeapTest {

    private static final List<String> SMALL_HEAP = List.of("-Xmx14m", "-XX:+UseSerialGC");

    @TempDir
    Path directory;

    @Test
    void noAcknowledgedWriteIsLostAndNoCallerHangs() throws Exception {
        try (ChildProcess child = start(Filling.class)) {
            assertThat(child.awaitLine("afterwards ")).isEqualTo("afterwards written");
            assertThat(child.awaitLine("compared ")).isEqualTo("compared lost 0");
            child.awaitEnd();
        }
    }

    /** The negative control. */
    @Test
    void aStoreThatLosesAWriteIsFound() throws Exception {
        try (ChildProcess child = start(Losing.class)) {
            assertThat(child.awaitLine("compared ")).isEqualTo("compared lost 1");
        }
    }

    private ChildProcess start(Class<?> main) throws Exception {
        return ChildProcess.start(main, SMALL_HEAP, directory.resolve("kvstore.db"), Effort.of(25, 400));
    }

    /** The process whose heap is repeatedly filled and emptied. */
    static final class Filling {

        private static final int THREADS = 17;
        private static final int CALLS_WHILE_FULL = 10;
        private static final long HOLD_NANOS = 400_000_000;

        private Filling() {}

        private static volatile boolean ended;
        private static Object[] filled;

        public static void main(String[] arguments) throws Exception {
            run(arguments, false);
        }

        static void run(String[] arguments, boolean losing) throws Exception {
            Path file = Path.of(arguments[0]);
            CountedWrites writes = new CountedWrites(THREADS, Integer.parseInt(arguments[1]));
            SqliteKvStore store = SqliteKvStore.open(file);
            KvStore kv = losing ? new LosesOne(store) : store;
            kv.set("before", "key", "value");
            writes.start(kv, () -> false);
            Thread filling = new Thread(() -> fillRepeatedly(writes));
            filling.start();
            writes.join();
            ended = true;
            writes.await(filling);
            filled = null;
            kv.set("after", "key", "value");
            System.out.println("afterwards written");
            Thread closing = new Thread(store::close);
            closing.start();
            writes.await(closing);
            try (SqliteKvStore reopened = SqliteKvStore.open(file)) {
                System.out.println("compared " + writes.compared(reopened));
            }
        }

        private static void fillRepeatedly(CountedWrites writes) {
            while (!ended) {
                try {
                    while (!ended) {
                        Object[] next = {filled};
                        filled = next;
                    }
                } catch (OutOfMemoryError full) {
                    hold(writes);
                }
                filled = null;
            }
        }

        private static void hold(CountedWrites writes) {
            int seen = writes.returned();
            long start = System.nanoTime();
            while (!ended
                    && Math.abs(writes.returned() - seen) < CALLS_WHILE_FULL
                    && System.nanoTime() - start < HOLD_NANOS) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    /** The same process with a store that loses one write. */
    static final class Losing {

        private Losing() {}

        public static void main(String[] arguments) throws Exception {
            Filling.run(arguments, true);
        }
    }

    private static final class LosesOne extends ForwardingKvStore {

        LosesOne(KvStore kv) {
            super(kv);
        }

        @Override
        public void set(String group, String key, String value) {
            if (!key.equals("7.3")) {
                super.set(group, key, value);
            }
        }
    }
}
