package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * A host with a log appender that writes to the store, while the store logs a warning. The control is the earlier
 * store, which logged while it led: it hung with either appender.
 */
class StoreInAppenderTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"same thread", "another thread"})
    void theEventIsWrittenAndNoCallerHangs(String appender) throws Exception {
        try (ChildProcess child =
                ChildProcess.start(Host.class, List.of(), directory.resolve("kvstore.db"), appender)) {
            assertThat(child.awaitLine("lines ")).isEqualTo("lines 1");
            child.awaitEnd();
        }
    }

    /** The host. */
    static final class Host {

        private static final int ENOUGH_FOR_A_WARNING = 70;

        private Host() {}

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[0]);
            Thread writing = new Thread(() -> write(file, arguments[1].equals("same thread")));
            writing.start();
            new CountedWrites(1, 0).await(writing);
        }

        private static void write(Path file, boolean sameThread) {
            try (SqliteKvStore kv = SqliteKvStore.open(file);
                    Foreign foreign = Foreign.open(file)) {
                new ToTheStore(kv, sameThread).attach();
                // A reader that stays open lets the WAL grow.
                foreign.execute("BEGIN").query("SELECT count(*) FROM kv");
                for (int i = 0; i < ENOUGH_FOR_A_WARNING; i++) {
                    kv.set("group", "key " + i, "x".repeat(1_000_000));
                }
                System.out.println("lines " + kv.count("lines"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class ToTheStore extends AppenderBase<ILoggingEvent> {

        private final KvStore kv;
        private final boolean sameThread;

        ToTheStore(KvStore kv, boolean sameThread) {
            this.kv = kv;
            this.sameThread = sameThread;
        }

        void attach() {
            start();
            ((Logger) LoggerFactory.getLogger("dev.kvstore")).addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (sameThread) {
                set(event);
            } else {
                CompletableFuture.runAsync(() -> set(event)).join();
            }
        }

        private void set(ILoggingEvent event) {
            kv.set(
                    "lines",
                    String.valueOf(event.getTimeStamp()),
                    event.getLevel().toString());
        }
    }
}
