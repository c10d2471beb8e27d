package dev.kvstore.sqlite.wal;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.reliability.Interleavings;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.StoreConnection;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Once the writer has waited for the active reads, no read is older than its last commit. */
@NullUnmarked
class WalRestartLincheckTest {

    private static final String[] READS_AND_RESTART = {"read read", "read", "startOver"};

    private static final Interleavings SCENARIOS =
            Interleavings.comparedWith(OneByOne.class).of(READS_AND_RESTART).of("read read", "startOver startOver");

    @Test
    void noReadIsOverwrittenInAnyInterleaving() {
        SCENARIOS.walk(Pause.class, "pause for active reads");
    }

    @Test
    void noReadIsOverwrittenWhenThreadsRace() {
        SCENARIOS.race(Pause.class);
    }

    @Test
    void aPauseBeforeTheCommitIsFound() {
        requireFound(PauseBeforeTheCommit.class, "read", "startOver");
    }

    @Test
    void aPauseUntilAnyReadHasEndedIsFound() {
        requireFound(PauseUntilAnyReadHasEnded.class, READS_AND_RESTART);
    }

    private static void requireFound(Class<? extends Pause> flawed, String... threads) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(flawed, threads))
                .withMessageContaining("Invalid execution results");
    }

    /** The sequential specification. */
    public static class OneByOne {

        @Operation
        public String read() {
            return "read";
        }

        @Operation
        public String startOver() {
            return "started over";
        }
    }

    public static class Pause {

        final Wal wal = new Wal();
        final Readers readers = new Readers(
                List.of(connection(), connection()), Pause::connection, new BusyTimeout(Duration.ofSeconds(5), "test"));

        private static StoreConnection connection() {
            Class<?>[] types = {Connection.class};
            return new StoreConnection(
                    (Connection) Proxy.newProxyInstance(
                            Connection.class.getClassLoader(), types, (self, method, arguments) -> null),
                    "test");
        }

        @Operation
        public String read() {
            return readers.read(jdbc -> wal.read());
        }

        @Operation
        public String startOver() {
            wal.commit();
            awaitReads();
            wal.overwrite();
            return "started over";
        }

        void awaitReads() {
            if (!readers.awaitThoseUnderWay(System.nanoTime() + TimeUnit.MINUTES.toNanos(1))) {
                throw new IllegalStateException("A read did not end");
            }
        }
    }

    public static class PauseBeforeTheCommit extends Pause {

        @Override
        @Operation
        public String startOver() {
            awaitReads();
            wal.commit();
            wal.overwrite();
            return "started over";
        }
    }

    /** Waits only until one of the active reads has ended. */
    public static class PauseUntilAnyReadHasEnded extends Pause {

        private final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger underWay = new AtomicInteger();

        @Override
        @Operation
        public String read() {
            underWay.incrementAndGet();
            try {
                return super.read();
            } finally {
                underWay.decrementAndGet();
                ended.incrementAndGet();
            }
        }

        @Override
        void awaitReads() {
            int before = ended.get();
            while (underWay.get() > 0 && ended.get() == before) {
                Thread.onSpinWait();
            }
        }
    }

    /** Commits, and the restart that overwrites all commits before the last one. */
    static final class Wal {

        private final AtomicInteger committed = new AtomicInteger();
        private volatile int overwritten;

        void commit() {
            committed.incrementAndGet();
        }

        void overwrite() {
            overwritten = committed.get();
        }

        String read() {
            int seen = committed.get();
            return seen < overwritten ? "read an overwritten page" : "read";
        }
    }
}
