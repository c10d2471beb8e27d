package dev.kvstore.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvClosedException;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.reliability.Interleavings;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * The gate of the readers: each read runs on an open connection, one at a time, or is refused; none runs after close.
 */
@NullUnmarked
class ReadersLincheckTest {

    private static final String[] READS_AND_CLOSE = {"read", "read", "close"};

    private static final Interleavings SCENARIOS =
            Interleavings.comparedWith(OneByOne.class).of(READS_AND_CLOSE).of("read read", "close read");

    @Test
    void theGateIsCorrectInEveryInterleaving() {
        SCENARIOS.walk(Gate.class, "gate of the readers");
    }

    @Test
    void theGateIsCorrectWhenThreadsRace() {
        SCENARIOS.race(Gate.class);
    }

    @Test
    void aGateCheckedBeforeTheLockIsFound() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(CheckedTooEarly.class, READS_AND_CLOSE))
                .withMessageContaining("Invalid execution results");
    }

    /** The negative control of the race. */
    @Test
    void aGateCheckedBeforeTheLockIsFoundByARace() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seekByRace(CheckedTooEarly.class, READS_AND_CLOSE))
                .withMessageContaining("Invalid execution results");
    }

    /** The sequential specification. */
    public static class OneByOne {

        private boolean closed;

        @Operation
        public String read() {
            return closed ? "refused" : "read";
        }

        @Operation
        public void close() {
            closed = true;
        }
    }

    public static class Gate {

        private final OneConnection connection = new OneConnection();
        private final Readers readers = new Readers(
                List.of(new StoreConnection(connection.proxy(), "test")),
                () -> new StoreConnection(connection.proxy(), "test"),
                new BusyTimeout(Duration.ofSeconds(5), "test"));

        @Operation
        public String read() {
            try {
                return readers.read(jdbc -> connection.use());
            } catch (KvClosedException e) {
                return "refused";
            }
        }

        @Operation
        public void close() {
            readers.close();
        }
    }

    public static class CheckedTooEarly {

        private final OneConnection connection = new OneConnection();
        private final ReentrantLock lock = new ReentrantLock();
        private volatile boolean closed;

        @Operation
        public String read() {
            if (closed) {
                return "refused";
            }
            lock.lock();
            try {
                return connection.use();
            } finally {
                lock.unlock();
            }
        }

        @Operation
        public void close() {
            closed = true;
            lock.lock();
            try {
                connection.isClosed = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /** A connection that only records whether it is closed or used by two threads. */
    private static final class OneConnection {

        private volatile boolean isClosed;
        private volatile boolean inUse;

        @SuppressWarnings("ReferenceEquality") // A connection is equal only to itself.
        Connection proxy() {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                        isClosed |= method.getName().equals("close");
                        // Lincheck compares the objects whose methods are called.
                        return switch (method.getName()) {
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> null;
                        };
                    });
        }

        String use() {
            if (inUse) {
                return "used by two threads";
            }
            inUse = true;
            String use = isClosed ? "used when closed" : "read";
            inUse = false;
            return use;
        }
    }
}
