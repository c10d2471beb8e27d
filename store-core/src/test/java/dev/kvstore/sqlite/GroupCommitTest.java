package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

/** Writes that queue while another process holds the lock are committed together, and each has its own outcome. */
class GroupCommitTest {

    private static final String SET = """
            INSERT INTO kv (grp, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (grp, key) \
            DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at, value_id = NULL\
            """;

    @TempDir
    Path directory;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<Future<?>> calls = new ArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private SqliteKvStore store;
    private Foreign foreign;
    private Path file;
    private Reopening whenReopened = () -> {};

    @FunctionalInterface
    private interface Reopening {
        void run() throws SQLException;
    }

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("kvstore.db");
        store = SqliteKvStore.open(file);
        store.set("group", "existing", "value");
        foreign = Foreign.open(file);
    }

    @AfterEach
    void close() throws Exception {
        callers.shutdownNow();
        foreign.close();
        store.close();
    }

    @Test
    void waitingWritesAreCommittedInOneTransaction() throws Exception {
        try (Writer writer = writer(Duration.ofSeconds(30), "PRAGMA max_page_count = 100000")) {
            submitWhileLocked(writer, set("a"), set("b"), set("c"), set("d"));

            releaseLock();

            // The first caller led a batch of its own; the others formed the second one.
            assertThat(commits).hasValue(2);
            assertThat(store.getAll("group")).containsOnlyKeys("existing", "a", "b", "c", "d");
        }
    }

    @Test
    void aFailingWriteDoesNotFailTheOthers() throws Exception {
        try (Writer writer = writer(Duration.ofSeconds(30), "PRAGMA max_page_count = 100000")) {
            submitWhileLocked(writer, set("a"), set("b"), GroupCommitTest::insertExisting, set("c"));

            releaseLock();

            assertThatThrownBy(calls.get(2)::get).hasCauseInstanceOf(DuplicateKeyException.class);
            assertThat(commits).hasValue(2);
            assertThat(store.getAll("group")).containsOnlyKeys("existing", "a", "b", "c");
        }
    }

    @Test
    void aFailingTransactionIsRolledBackAndTheOthersAreCommitted() throws Exception {
        try (Writer writer = writer(Duration.ofSeconds(30), "PRAGMA max_page_count = 100000")) {
            foreign.execute("BEGIN IMMEDIATE");
            submit(() -> Scripted.write(writer, set("a")));
            submit(() -> Scripted.write(writer, set("b")));
            submit(() -> Scripted.transact(writer, jdbc -> {
                jdbc.update("DELETE FROM kv");
                return jdbc.update("INSERT INTO kv VALUES (NULL, '', '', NULL, NULL, 1)");
            }));
            submit(() -> Scripted.transact(writer, set("c")));

            releaseLock();

            assertThatThrownBy(calls.get(2)::get).hasCauseInstanceOf(DataIntegrityViolationException.class);
            assertThat(commits).hasValue(2);
            assertThat(store.getAll("group")).containsOnlyKeys("existing", "a", "b", "c");
        }
    }

    @Test
    void aFullDiskFailsOnlyTheWriteThatNeedsTheRoom() throws Exception {
        try (Writer writer = writer(Duration.ofSeconds(30), "PRAGMA max_page_count = 40")) {
            Function<JdbcOperations, Object> large =
                    jdbc -> jdbc.update(SET, "group", "large", "x".repeat(1_000_000), null);
            submitWhileLocked(writer, set("a"), set("b"), large, set("c"));

            releaseLock();

            assertThatThrownBy(calls.get(2)::get)
                    .hasCauseInstanceOf(DataAccessResourceFailureException.class)
                    .hasMessageContaining("disk is full");
            assertThat(store.getAll("group")).containsOnlyKeys("existing", "a", "b", "c");
        }
    }

    @Test
    void anErrorInOneWriteFailsOnlyThatWrite() throws Exception {
        try (Writer writer = writer(Duration.ofSeconds(30), "PRAGMA max_page_count = 100000")) {
            submitWhileLocked(writer, set("a"), set("b"), jdbc -> {
                throw new OutOfMemoryError("in a test");
            });

            releaseLock();

            assertThatThrownBy(calls.get(2)::get).hasCauseInstanceOf(OutOfMemoryError.class);
            assertThat(store.getAll("group")).containsOnlyKeys("existing", "a", "b");
        }
    }

    @Test
    void aLockHeldBeyondTheBusyTimeoutFailsAllWaitingWrites() throws Exception {
        try (Writer writer = writer(Duration.ofMillis(200), "PRAGMA max_page_count = 100000")) {
            submitWhileLocked(writer, set("a"), set("b"), set("c"));

            for (Future<?> call : calls) {
                assertThatThrownBy(call::get).hasCauseInstanceOf(CannotAcquireLockException.class);
            }
            foreign.execute("ROLLBACK");
            assertThat(store.getAll("group")).containsOnlyKeys("existing");
            Scripted.write(writer, set("after"));
            assertThat(store.get("group", "after")).isPresent();
        }
    }

    @Test
    void aLockHeldTooLongFailsOnlyWritesWhoseOwnTimeoutIsOver() throws Exception {
        Duration busyTimeout = Duration.ofSeconds(3);
        try (Writer writer = writer(busyTimeout, "PRAGMA max_page_count = 100000")) {
            submitWhileLocked(writer, set("a"), set("b"));
            BusyTimeout half = new BusyTimeout(busyTimeout.dividedBy(2), "");
            long start = System.nanoTime();
            await().until(() -> half.hasPassedSince(start));
            submit(() -> Scripted.write(writer, set("later")));

            await().until(calls.get(1)::isDone);
            releaseLock();

            assertThatThrownBy(calls.get(0)::get).hasCauseInstanceOf(CannotAcquireLockException.class);
            assertThatThrownBy(calls.get(1)::get).hasCauseInstanceOf(CannotAcquireLockException.class);
            calls.get(2).get();
            assertThat(store.getAll("group")).containsOnlyKeys("existing", "later");
        }
    }

    /** Each attempt waits in SQLite for a slice of the busy timeout. */
    @Test
    void aLockTakenWhileABatchIsSplitIsNotAwaitedByEachOfItsWritesInTurn() throws Exception {
        int writes = 40;
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean failsOnce = new AtomicBoolean(true);
        try (Writer writer = writer(Duration.ofSeconds(2), "PRAGMA max_page_count = 100000")) {
            whenReopened = () -> {
                attempts.set(0);
                foreign.execute("BEGIN IMMEDIATE");
            };
            submitWhileLocked(writer, set("first"));
            submit(() -> Scripted.write(writer, jdbc -> {
                attempts.incrementAndGet();
                if (failsOnce.getAndSet(false)) {
                    throw new IllegalStateException("in a test");
                }
                return set("second").apply(jdbc);
            }));
            for (int i = 0; i < writes; i++) {
                String key = "key " + i;
                submit(() -> Scripted.write(writer, jdbc -> {
                    attempts.incrementAndGet();
                    return set(key).apply(jdbc);
                }));
            }
            foreign.execute("ROLLBACK");
            for (Future<?> call : calls) {
                await().until(call::isDone);
            }

            assertThat(attempts).hasValueLessThan(writes / 2);
            for (Future<?> call : calls.subList(1, calls.size())) {
                assertThatThrownBy(call::get).hasCauseInstanceOf(CannotAcquireLockException.class);
            }
            foreign.execute("ROLLBACK");
            assertThat(store.getAll("group")).containsOnlyKeys("existing", "first");
        }
    }

    @SafeVarargs
    private void submitWhileLocked(Writer writer, Function<JdbcOperations, Object>... operations) throws Exception {
        foreign.execute("BEGIN IMMEDIATE");
        for (Function<JdbcOperations, Object> operation : operations) {
            submit(() -> Scripted.write(writer, operation));
        }
    }

    /** Starts a call in a thread of its own, and returns once that thread waits. */
    private void submit(Runnable call) {
        AtomicReference<Thread> caller = new AtomicReference<>();
        Future<?> future = callers.submit(() -> {
            caller.set(Thread.currentThread());
            call.run();
        });
        // The first caller waits inside SQLite, so its thread is never in the state WAITING.
        boolean first = calls.isEmpty();
        calls.add(future);
        await().until(() -> future.isDone() || (caller.get() != null && (first || waits(caller.get()))));
    }

    private static ConditionFactory await() {
        return Awaitility.with().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    private void releaseLock() throws Exception {
        foreign.execute("ROLLBACK");
        for (Future<?> call : calls) {
            await().until(call::isDone);
        }
    }

    private static Object insertExisting(JdbcOperations jdbc) {
        return jdbc.update("INSERT INTO kv VALUES ('group', 'existing', 'value', NULL, NULL, 1)");
    }

    private static Function<JdbcOperations, Object> set(String key) {
        return jdbc -> jdbc.update(SET, "group", key, "value", null);
    }

    private Writer writer(Duration busyTimeout, String pageLimit) throws Exception {
        SqliteSettings settings = new SqliteSettings(file, Durability.FULL, busyTimeout, 1, false, false);
        SqliteConnections connections = new SqliteConnections(settings);
        Connection jdbcConnection = connections.openWriter();
        jdbcConnection.unwrap(SQLiteConnection.class).addCommitListener(new CommitCounter());
        StoreConnection connection = new StoreConnection(jdbcConnection, settings.name());
        connection.run(jdbc -> jdbc.execute(pageLimit));
        return Writers.on(file, connection, new BusyTimeout(busyTimeout, settings.name()), () -> {
            whenReopened.run();
            StoreConnection reopened = new StoreConnection(connections.openWriter(), settings.name());
            reopened.run(jdbc -> jdbc.execute(pageLimit));
            return reopened;
        });
    }

    private final class CommitCounter implements SQLiteCommitListener {

        @Override
        public void onCommit() {
            commits.incrementAndGet();
        }

        @Override
        public void onRollback() {}
    }
}
