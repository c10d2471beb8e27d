package dev.kvstore.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvClosedException;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.reliability.Interleavings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;

/**
 * Behind the gate of the readers, a cached statement is used by one thread at a time, never before its previous use has
 * ended, and never after it is closed.
 */
@NullUnmarked
class StatementCacheLincheckTest {

    private static final String SQL = "SELECT 1";

    private static final String[] TWO_USES = {"use", "use"};
    private static final String[] A_USE_IN_A_USE = {"use", "useInUse"};

    private static final Interleavings SCENARIOS = Interleavings.comparedWith(OneByOne.class)
            .of(TWO_USES)
            .of(A_USE_IN_A_USE)
            .of("use", "close");

    @Test
    void theCacheIsCorrectInEveryInterleaving() {
        SCENARIOS.walk(Gated.class, "statement cache");
    }

    @Test
    void aCacheSharedWithoutTheGateIsFound() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(Ungated.class, TWO_USES))
                .withMessageMatching("(?s).*(Invalid execution results|unexpected exception).*");
    }

    @Test
    void aCacheThatReusesAStatementInUseIsFound() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(Forgetful.class, A_USE_IN_A_USE))
                .withMessageContaining("Invalid execution results");
    }

    /** The sequential specification. */
    public static class OneByOne {

        private boolean closed;

        @Operation
        public String use() {
            return closed ? "refused" : "used";
        }

        @Operation
        public String useInUse() {
            return closed ? "refused" : "used two";
        }

        @Operation
        public void close() {
            closed = true;
        }
    }

    /** The production cache of a reader's connection, which one thread uses exclusively. */
    public static class Gated {

        private final RecordedConnection connection = new RecordedConnection();
        private final Readers readers = new Readers(
                List.of(new StoreConnection(connection.proxy(), "test")),
                () -> new StoreConnection(connection.proxy(), "test"),
                new BusyTimeout(Duration.ofSeconds(5), "test"));

        /** The statement is cached from here on. */
        public Gated() {
            use();
        }

        @Operation
        public String use() {
            return read(jdbc -> inStatement(jdbc, StatementCacheLincheckTest::used));
        }

        @Operation
        public String useInUse() {
            return read(jdbc ->
                    inStatement(jdbc, outer -> both(outer, inStatement(jdbc, PreparedStatement::executeUpdate))));
        }

        private static <T> T inStatement(JdbcOperations jdbc, PreparedStatementCallback<T> use) {
            return jdbc.execute(SQL, use);
        }

        private String read(Function<JdbcOperations, String> operation) {
            try {
                return readers.read(operation);
            } catch (KvClosedException e) {
                return "refused";
            }
        }

        @Operation
        public void close() {
            readers.close();
        }
    }

    /** The same cache, but any thread uses it at any time. */
    public static class Ungated {

        private final StatementCache cache = new StatementCache(new RecordedConnection().proxy());

        private volatile boolean closed;

        public Ungated() throws SQLException {
            use();
        }

        @Operation
        public String use() throws SQLException {
            if (closed) {
                return "refused";
            }
            return cache.use(SQL, cached -> used(cached.statement()));
        }

        @Operation
        public String useInUse() throws SQLException {
            if (closed) {
                return "refused";
            }
            return cache.use(
                    SQL,
                    outer -> both(
                            outer.statement(),
                            cache.use(SQL, inner -> inner.statement().executeUpdate())));
        }

        @Operation
        public void close() {
            closed = true;
        }
    }

    /** A cache behind a lock that hands out a statement again before its use has ended. */
    public static class Forgetful {

        private final Connection connection = new RecordedConnection().proxy();
        private PreparedStatement kept;
        private boolean closed;

        @Operation
        public synchronized String use() throws SQLException {
            return closed ? "refused" : used(kept());
        }

        @Operation
        public synchronized String useInUse() throws SQLException {
            return closed ? "refused" : both(kept(), kept().executeUpdate());
        }

        private PreparedStatement kept() throws SQLException {
            if (kept == null) {
                kept = connection.prepareStatement(SQL);
            }
            return kept;
        }

        @Operation
        public synchronized void close() {
            closed = true;
        }
    }

    private static String used(PreparedStatement statement) throws SQLException {
        return statement.executeUpdate() > 0 ? "used" : "used wrongly";
    }

    private static String both(PreparedStatement outer, int inner) throws SQLException {
        int number = outer.executeUpdate();
        return number > 0 && inner > 0 && number != inner ? "used two" : "used wrongly";
    }
}
