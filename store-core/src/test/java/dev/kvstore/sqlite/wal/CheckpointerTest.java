package dev.kvstore.sqlite.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.KvClosedException;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.CapturedLog;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.file.StoreFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcOperations;

/** Checkpoints fail here because their connection was opened read-only, which SQLite notices when it writes. */
@NullUnmarked
class CheckpointerTest {

    private static final int PAGE = 4_096;
    private static final int INTERVAL = 400;
    private static final int QUARTER = INTERVAL / 4;

    @TempDir
    Path directory;

    private final CapturedLog log = new CapturedLog();
    private Path file;
    private SqliteConnections connections;
    private StoreConnection writer;
    private Readers readers;
    private boolean canOpenGuards = true;
    private Checkpointer checkpointer;

    @BeforeEach
    void open() throws SQLException {
        file = directory.resolve("t.db");
        StoreFile.prepare(file, false);
        SqliteSettings settings = new SqliteSettings(file, Durability.NORMAL, Duration.ofSeconds(5), 1, false, false);
        connections = new SqliteConnections(settings);
        writer = new StoreConnection(connections.openWriter(), settings.name());
        writer.run(jdbc -> jdbc.execute("CREATE TABLE t (x)"));
        readers = new Readers(
                List.of(openReader()), this::openReader, new BusyTimeout(Duration.ofSeconds(5), settings.name()));
        checkpointer = checkpointer(PAGE, Duration.ZERO);
    }

    private Checkpointer checkpointer(int pageSize, Duration checkInterval) {
        WalRestart restart = new WalRestart(readers, INTERVAL);
        return new Checkpointer(file, pageSize, INTERVAL, readers, this::openGuard, restart, checkInterval.toNanos());
    }

    private StoreConnection openReader() throws SQLException {
        return new StoreConnection(connections.openReader(), file.toString());
    }

    private StoreConnection openGuard() throws SQLException {
        if (!canOpenGuards) {
            throw new SQLException("no more file descriptors");
        }
        return new StoreConnection(connections.openGuard(), file.toString());
    }

    @AfterEach
    void close() {
        readers.close();
        writer.close();
        log.close();
    }

    @Test
    void theWalIsCheckpointedOnceItHasGrown() {
        fill(3 * QUARTER);
        assertThat(checkpointer.afterCommit(writer)).isSameAs(writer);
        assertThat(extent().moved()).isZero();

        fill(2 * QUARTER);
        assertThat(checkpointer.afterCommit(writer)).isSameAs(writer);
        assertThat(extent().moved()).isEqualTo(extent().pages());
    }

    @Test
    void aWalCheckedAMomentAgoIsNotCheckedAgain() {
        Checkpointer daily = checkpointer(PAGE, Duration.ofDays(1));
        fill(5 * QUARTER);
        assertThat(daily.afterCommit(writer)).isSameAs(writer);
        assertThat(extent().moved()).isEqualTo(extent().pages());

        fill(10 * QUARTER);
        assertThat(daily.afterCommit(writer)).isSameAs(writer);
        assertThat(extent().moved()).isLessThan(extent().pages());
    }

    @Test
    void aVeryLongWalCausesAWarning() {
        int largePage = (int) (WalGrowth.FIRST_WARNING_BYTES / QUARTER);
        Checkpointer withLargePages = checkpointer(largePage, Duration.ZERO);
        fill(2 * QUARTER);

        withLargePages.afterCommit(writer);

        assertThat(log.lines("WARN")).singleElement().asString().contains("WAL has grown to");
    }

    @Test
    void sqliteMakesNoCheckpointByItself() {
        fill(5 * QUARTER);

        assertThat(extent().moved()).isZero();
    }

    @Test
    void aFailedCheckpointIsLoggedOnceAndRetriedWhenTheWalHasGrown() throws SQLException {
        fill(5 * QUARTER);
        try (StoreConnection failing = openGuard()) {
            assertThat(checkpointer.isFailing()).isFalse();
            assertThat(checkpointer.afterCommit(failing)).isSameAs(failing);
            assertThat(checkpointer.isFailing()).isTrue();
            assertThat(checkpointer.afterCommit(failing)).isSameAs(failing);
            fill(5 * QUARTER);
            assertThat(checkpointer.afterCommit(failing)).isSameAs(failing);
        }
        assertThat(log.lines("WARN"))
                .singleElement()
                .asString()
                .contains(file.toString())
                .contains("No entry is lost");
        assertThat(extent().moved()).isZero();

        assertThat(checkpointer.afterCommit(writer)).isSameAs(writer);
        assertThat(extent().moved()).isZero();
        fill(5 * QUARTER);
        assertThat(checkpointer.afterCommit(writer)).isSameAs(writer);
        assertThat(extent().moved()).isEqualTo(extent().pages());
        assertThat(checkpointer.isFailing()).isFalse();
        assertThat(log.lines("INFO")).singleElement().asString().contains("its WAL could be checkpointed again");
    }

    @Test
    void afterAFailureAPartlyCheckpointedWalIsCheckpointedFromItsStart() throws SQLException {
        StoreConnection failing = fillAndCheckpointPartly();

        assertThat(checkpointer.afterCommit(failing)).isNull();

        assertThat(count(readers)).isEqualTo(2);
        openWriter();
        assertThat(extent()).satisfies(extent -> {
            assertThat(extent.pages()).isGreaterThan(5 * QUARTER);
            assertThat(extent.moved()).isZero();
        });
        fill(5 * QUARTER);
        assertThat(checkpointer.afterCommit(writer)).isSameAs(writer);
        assertThat(extent().moved()).isEqualTo(extent().pages());
    }

    @Test
    void whileAnotherProcessHasTheFileOpenAPartlyCheckpointedWalIsNotCheckpointedFurther() throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            foreign.query("SELECT count(*) FROM t");
            assertThat(checkpointer.afterCommit(fillAndCheckpointPartly())).isNull();
            openWriter();
            int checkpointed = extent().moved();
            assertThat(checkpointed).isPositive();

            fill(5 * QUARTER);
            assertThat(checkpointer.afterCommit(writer)).isNull();
            openWriter();
            assertThat(extent().moved()).isEqualTo(checkpointed);
        }

        fill(5 * QUARTER);
        assertThat(checkpointer.afterCommit(writer)).isNull();
        openWriter();
        assertThat(extent().moved()).isZero();
    }

    @Test
    void reopeningAllConnectionsIsRetriedAfterAFailure() throws SQLException {
        StoreConnection failing = fillAndCheckpointPartly();
        canOpenGuards = false;
        assertThat(checkpointer.afterCommit(failing)).isSameAs(failing);

        canOpenGuards = true;
        openWriter();
        failing.close();
        fill(5 * QUARTER);
        assertThat(extent().moved()).isPositive();
        assertThat(checkpointer.afterCommit(writer)).isNull();

        openWriter();
        assertThat(extent().moved()).isZero();
    }

    @Test
    void closingLeavesAPartlyCheckpointedWal() throws SQLException {
        StoreConnection failing = fillAndCheckpointPartly();
        checkpointer.empty(failing);
        openWriter();
        failing.close();

        checkpointer.close(writer, true);

        requireWalLeftForTheNextOpening();
    }

    @Test
    void closingWithoutAWriterLeavesAPartlyCheckpointedWal() throws SQLException {
        try (StoreConnection failing = fillAndCheckpointPartly()) {
            checkpointer.empty(failing);
        }

        checkpointer.close(null, true);
        checkpointer.close(null, true);

        requireWalLeftForTheNextOpening();
    }

    private void requireWalLeftForTheNextOpening() throws SQLException {
        assertThat(file.resolveSibling("t.db-wal")).isNotEmptyFile();
        openWriter();
        assertThat(extent().moved()).isZero();
    }

    @Test
    void closingWithoutAWriterCheckpointsAWalWhoseIndexWasRebuilt() throws SQLException {
        assertThat(checkpointer.afterCommit(fillAndCheckpointPartly())).isNull();

        checkpointer.close(null, true);

        assertThat(file.resolveSibling("t.db-wal")).doesNotExist();
        openWriter();
        assertThat(count(writer)).isEqualTo(2);
    }

    @Test
    void closingWithoutAWriterDeletesTheWal() {
        fill(QUARTER);
        writer.close();

        checkpointer.close(null, true);

        assertThat(file.resolveSibling("t.db-wal")).doesNotExist();
    }

    @Test
    void aWalOfUnknownProgressIsNotCheckpointed() throws SQLException {
        StoreConnection failing = fillAndCheckpointPartly();
        failing.close();

        checkpointer.empty(failing);

        openWriter();
        checkpointer.empty(writer);
        assertThat(extent().moved()).isLessThan(extent().pages());
    }

    @Test
    void aStoreThatCannotLeaveItsWalKeepsAConnectionOpen() throws SQLException {
        StoreConnection failing = fillAndCheckpointPartly();
        checkpointer.empty(failing);
        canOpenGuards = false;
        openWriter();
        failing.close();

        checkpointer.close(writer, true);

        assertThat(log.lines("WARN")).last().asString().contains("a connection stays open");
        assertThat(extent().moved()).isPositive();
    }

    @Test
    void withoutAWriterAStoreThatCannotLeaveItsWalKeepsAReaderOpenAndRefusesReads() throws SQLException {
        try (StoreConnection failing = fillAndCheckpointPartly()) {
            checkpointer.empty(failing);
        }
        canOpenGuards = false;

        checkpointer.close(null, true);

        assertThat(log.lines("WARN")).last().asString().contains("a connection stays open");
        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> count(readers));
        openWriter();
        assertThat(extent().moved()).isPositive();
    }

    @Test
    void aFailingConnectionDoesNotFailTheCommit() {
        writer.close();

        assertThat(checkpointer.afterCommit(writer)).isSameAs(writer);

        assertThat(log.lines("WARN")).hasSize(1);
    }

    @Test
    void closingDeletesTheWal() {
        fill(QUARTER);

        checkpointer.close(writer, true);

        assertThat(file.resolveSibling("t.db-wal")).doesNotExist();
    }

    /** Returns a connection whose checkpoints fail; besides it only the reader stays open. */
    private StoreConnection fillAndCheckpointPartly() throws SQLException {
        fill(QUARTER);
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("BEGIN").query("SELECT count(*) FROM t");
            fill(5 * QUARTER);
            assertThat(checkpointer.afterCommit(writer)).isSameAs(writer);
        }
        assertThat(extent().moved()).isPositive().isLessThan(extent().pages());
        StoreConnection failing = openGuard();
        writer.close();
        return failing;
    }

    private void openWriter() throws SQLException {
        writer = new StoreConnection(connections.openWriter(), file.toString());
    }

    private void fill(int pages) {
        writer.run(jdbc -> jdbc.update("INSERT INTO t VALUES (zeroblob(?))", pages * PAGE));
    }

    private WalExtent extent() {
        return WalExtent.of(writer);
    }

    private static long count(Readers readers) {
        return readers.read(CheckpointerTest::count);
    }

    private static long count(StoreConnection connection) {
        return connection.call(CheckpointerTest::count);
    }

    private static Long count(JdbcOperations jdbc) {
        return jdbc.queryForObject("SELECT count(*) FROM t", Long.class);
    }
}
