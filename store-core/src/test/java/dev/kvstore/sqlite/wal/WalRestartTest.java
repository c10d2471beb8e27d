package dev.kvstore.sqlite.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.CapturedLog;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.connection.Transactions;
import dev.kvstore.sqlite.file.StoreFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcOperations;

/** The WAL restarts even if the reads of the store overlap without a pause. */
@NullUnmarked
class WalRestartTest {

    private static final int PAGE = 4_096;
    private static final int INTERVAL = 100;
    private static final int COMMIT = 20;

    /** The WAL at the first commit after the second interval, and that commit with its B-tree pages. */
    private static final int BOUND = 2 * INTERVAL + 3 * COMMIT;

    private static final Duration LONGER_THAN_READS = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final CapturedLog log = new CapturedLog();
    private Path file;
    private StoreConnection writer;
    private Readers readers;

    @BeforeEach
    void open() throws SQLException {
        file = directory.resolve("t.db");
        StoreFile.prepare(file, false);
        SqliteSettings settings = new SqliteSettings(file, Durability.NORMAL, Duration.ofSeconds(5), 1, false, false);
        SqliteConnections connections = new SqliteConnections(settings);
        writer = new StoreConnection(connections.openWriter(), settings.name());
        writer.run(jdbc -> jdbc.execute("CREATE TABLE t (x)"));
        StoreConnection.Opener opener = () -> new StoreConnection(connections.openReader(), settings.name());
        readers = new Readers(
                Stream.generate(() -> opener.open(settings.name())).limit(8).toList(),
                opener,
                new BusyTimeout(Duration.ofSeconds(5), settings.name()));
    }

    @AfterEach
    void close() {
        readers.close();
        writer.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void theWalStaysShortWhileReadsOverlap(int threads) throws Exception {
        Checkpointer checkpointer = waitingFor(LONGER_THAN_READS);
        int longest = 0;
        try (OverlappingReads reads = OverlappingReads.of(threads, readers)) {
            for (int written = 0; written < 20 * INTERVAL; written += COMMIT) {
                commit(checkpointer);
                longest = Math.max(longest, WalExtent.of(writer).pages());
                reads.awaitReads(1);
            }
        }
        assertThat(longest).isBetween(INTERVAL, BOUND);
    }

    @Test
    void anInterruptNeitherEndsThePauseNorIsSwallowed() throws Exception {
        Checkpointer checkpointer = waitingFor(LONGER_THAN_READS);
        int longest = 0;
        try (OverlappingReads reads = OverlappingReads.of(3, readers)) {
            for (int written = 0; written < 5 * INTERVAL; written += COMMIT) {
                Thread.currentThread().interrupt();
                commit(checkpointer);
                assertThat(Thread.interrupted()).isTrue();
                longest = Math.max(longest, WalExtent.of(writer).pages());
                reads.awaitReads(1);
            }
        }
        assertThat(longest).isLessThan(BOUND);
    }

    /** SQLite has four read marks; a read of a fifth snapshot uses the newest mark, and counts as older than it is. */
    @Test
    void aReadWithoutAReadMarkOfItsOwnIsAwaitedAsWell() throws Exception {
        Checkpointer checkpointer = waitingFor(LONGER_THAN_READS);
        List<HeldRead> withFourReadMarks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            withFourReadMarks.add(holdRead());
            insert(INTERVAL);
        }
        FutureTask<StoreConnection> pause = new FutureTask<>(() -> checkpointer.afterCommit(writer));
        Thread writing = new Thread(pause);
        writing.start();
        Awaitility.await().until(() -> writing.getState() == Thread.State.TIMED_WAITING);

        HeldRead fifth = holdRead();
        withFourReadMarks.forEach(HeldRead::end);
        HeldRead later = holdRead();
        fifth.end();
        later.end();

        pause.get();
        insert(COMMIT);
        assertThat(WalExtent.of(writer).pages()).isLessThan(INTERVAL);
    }

    @Test
    void aReadThatTakesTooLongIsNotAwaitedToItsEnd() throws Exception {
        Checkpointer checkpointer = waitingFor(Duration.ofMillis(1));
        HeldRead read = holdRead();

        while (WalExtent.of(writer).pages() < 5 * INTERVAL) {
            commit(checkpointer);
        }
        assertThat(read.result).isNotDone();

        read.end();
        commit(checkpointer);
        commit(checkpointer);
        assertThat(WalExtent.of(writer).pages()).isLessThan(INTERVAL);
    }

    @Test
    void theWarningBlamesOwnReadsThatHoldTheWal() throws Exception {
        int pageSize = (int) (WalGrowth.FIRST_WARNING_BYTES / (4 * INTERVAL));
        Checkpointer checkpointer = waitingFor(Duration.ofMillis(1), pageSize);
        HeldRead read = holdRead();
        fill(checkpointer, 5 * INTERVAL);
        read.end();

        assertThat(log.lines("WARN")).singleElement().asString().contains("reads of this store itself");
    }

    @Test
    void theWarningBlamesAnotherProcessThatHoldsTheWal() throws Exception {
        int pageSize = (int) (WalGrowth.FIRST_WARNING_BYTES / (4 * INTERVAL));
        Checkpointer checkpointer = waitingFor(LONGER_THAN_READS, pageSize);
        try (Foreign foreign = Foreign.open(file);
                OverlappingReads reads = OverlappingReads.of(2, readers)) {
            foreign.execute("BEGIN").query("SELECT count(*) FROM t");
            fill(checkpointer, 5 * INTERVAL);
            reads.awaitReads(1);
        }
        assertThat(log.lines("WARN")).singleElement().asString().contains("Another process");
    }

    private void fill(Checkpointer checkpointer, int pages) {
        for (int written = 0; written < pages; written += COMMIT) {
            commit(checkpointer);
        }
    }

    private void commit(Checkpointer checkpointer) {
        insert(COMMIT);
        assertThat(checkpointer.afterCommit(writer)).isSameAs(writer);
    }

    private void insert(int pages) {
        writer.run(jdbc -> jdbc.update("INSERT INTO t VALUES (zeroblob(?))", pages * PAGE));
    }

    private HeldRead holdRead() throws InterruptedException {
        HeldRead read = new HeldRead();
        new Thread(read.result).start();
        read.begun.await();
        return read;
    }

    /** A read in progress until the test ends it. */
    private final class HeldRead {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final FutureTask<Long> result =
                new FutureTask<>(() -> readers.read(jdbc -> Transactions.read(jdbc, () -> read(jdbc))));

        private Long read(JdbcOperations jdbc) {
            Long rows = jdbc.queryForObject("SELECT count(*) FROM t", Long.class);
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return rows;
        }

        void end() {
            mayEnd.countDown();
            try {
                result.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Checkpointer waitingFor(Duration wait) {
        return waitingFor(wait, PAGE);
    }

    private Checkpointer waitingFor(Duration wait, int pageSize) {
        WalRestart restart = new WalRestart(readers, INTERVAL, wait, wait);
        StoreConnection.Opener noGuards = () -> {
            throw new SQLException("Not in this test");
        };
        return new Checkpointer(file, pageSize, INTERVAL, readers, noGuards, restart, 0);
    }
}
