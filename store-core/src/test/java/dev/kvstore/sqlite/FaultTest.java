package dev.kvstore.sqlite;

import static dev.kvstore.secrets.Secrets.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.connection.Transactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/** Bad days: what the caller gets, that nothing acknowledged is lost, and that the store works again afterwards. */
@NullUnmarked
class FaultTest {

    private static final String SET = """
            INSERT INTO kv (grp, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (grp, key) \
            DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at, value_id = NULL\
            """;

    private static final String LARGE = VALUE + "x".repeat(100_000);

    @TempDir
    Path directory;

    private SqliteKvStore reader;

    @AfterEach
    void closeReader() {
        if (reader != null) {
            reader.close();
        }
    }

    @Test
    void aFullDiskFailsTheWriteAndLaterOnesSucceedOnceThereIsRoom() {
        try (Writer writer = writerOfAtMost("PRAGMA max_page_count = 20")) {
            set(writer, "before", VALUE);

            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> set(writer, "large", LARGE))
                    .withMessageContaining("disk is full")
                    .withMessageContaining(directory.toString())
                    .withMessageNotContaining("xxx");

            // The page limit belonged to the connection that was given up: there is room again.
            set(writer, "large", LARGE);
            assertThat(count(writer)).isEqualTo(2);
        }
    }

    @Test
    void aFullDiskRollsBackTheWholeTransaction() {
        try (Writer writer = writerOfAtMost("PRAGMA max_page_count = 20")) {
            set(writer, "before", VALUE);

            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> Scripted.transact(writer, jdbc -> {
                        jdbc.update("DELETE FROM kv");
                        return setIn(jdbc, "large", LARGE);
                    }));

            assertThat(count(writer)).isEqualTo(1);
        }
    }

    @Test
    void aFullStoreInMemoryKeepsItsEntries() {
        try (MemoryEngine memory =
                new MemoryEngine(connection(null, "PRAGMA max_page_count = 20"), InstantSource.system())) {
            Scripted.write(memory, jdbc -> setIn(jdbc, "before", VALUE));

            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> Scripted.write(memory, jdbc -> setIn(jdbc, "large", LARGE)));
            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> Scripted.transact(memory, jdbc -> {
                        jdbc.update("DELETE FROM kv");
                        return setIn(jdbc, "large", LARGE);
                    }));

            Scripted.write(memory, jdbc -> setIn(jdbc, "after", VALUE));
            assertThat(Scripted.<Long>write(memory, FaultTest::countIn)).isEqualTo(2);
        }
    }

    @Test
    void aConstraintViolationInMemoryRollsBackTheWholeTransaction() {
        try (MemoryEngine memory =
                new MemoryEngine(connection(null, "PRAGMA max_page_count = 1000"), InstantSource.system())) {
            Scripted.write(memory, jdbc -> setIn(jdbc, "before", VALUE));

            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(() -> Scripted.transact(memory, jdbc -> {
                        setIn(jdbc, "other", VALUE);
                        return jdbc.update("INSERT INTO kv VALUES ('group', 'before', 'value', NULL, NULL)");
                    }));

            assertThat(Scripted.<Long>write(memory, FaultTest::countIn)).isEqualTo(1);
            Scripted.write(memory, jdbc -> setIn(jdbc, "after", VALUE));
        }
    }

    @Test
    void reopeningTheConnectionIsRetriedAtTheNextWrite() throws Exception {
        Path file = directory.resolve("kvstore.db");
        reader = SqliteKvStore.open(file);
        AtomicInteger openings = new AtomicInteger();
        try (Writer writer = Writers.on(
                file,
                connection(file, "PRAGMA max_page_count = 20"),
                new BusyTimeout(Duration.ofSeconds(5), file.toString()),
                () -> {
                    if (openings.incrementAndGet() == 1) {
                        throw new SQLException("no more file descriptors");
                    }
                    return connection(file, "PRAGMA max_page_count = 1000");
                })) {
            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> set(writer, "large", LARGE));
            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> set(writer, "key", VALUE))
                    .withMessageContaining("no more file descriptors");

            set(writer, "key", VALUE);
            assertThat(count(writer)).isEqualTo(1);
        }
    }

    @Test
    void aConstraintViolationRollsBackTheWholeTransactionAndKeepsTheConnection() {
        try (Writer writer = writerOfAtMost("PRAGMA max_page_count = 1000")) {
            set(writer, "before", VALUE);

            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(() -> Scripted.transact(writer, jdbc -> {
                        jdbc.update("INSERT INTO kv VALUES ('group', 'other', 'value', NULL, NULL)");
                        return jdbc.update("INSERT INTO kv VALUES ('group', 'before', 'value', NULL, NULL)");
                    }));

            assertThat(count(writer)).isEqualTo(1);
            assertThat(Scripted.<Integer>write(
                            writer, jdbc -> jdbc.queryForObject("PRAGMA max_page_count", Integer.class)))
                    .isEqualTo(1000);
        }
    }

    @Test
    void anErrorThrownByTheWriteRollsBackItsTransaction() {
        try (Writer writer = writerOfAtMost("PRAGMA max_page_count = 1000")) {
            set(writer, "before", VALUE);

            assertThatThrownBy(() -> Scripted.transact(writer, jdbc -> {
                        jdbc.update("DELETE FROM kv");
                        throw new OutOfMemoryError("in a test");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);

            assertThat(count(writer)).isEqualTo(1);
        }
    }

    @Test
    void afterAReadLeftItsTransactionOpenTheNextOneSeesTheLatestData() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                Readers readers = oneReader(file);
                Foreign foreign = Foreign.open(file)) {
            kv.set("group", "key", VALUE);
            assertThatThrownBy(() -> readers.read(jdbc -> leaveOpen(jdbc, new OutOfMemoryError("in a test"))))
                    .isInstanceOf(OutOfMemoryError.class);

            kv.set("group", "other", VALUE);
            assertThat(foreign.query("PRAGMA wal_checkpoint(TRUNCATE)")).containsExactly("0");
            assertThat(readers.<Long>read(FaultTest::countIn)).isEqualTo(2);
        }
    }

    @Test
    void aStoreInMemoryEndsATransactionLeftOpenByAFailure() {
        try (MemoryEngine memory =
                new MemoryEngine(connection(null, "PRAGMA max_page_count = 1000"), InstantSource.system())) {
            assertThatThrownBy(() -> Scripted.write(memory, jdbc -> leaveOpen(jdbc, new OutOfMemoryError("in a test"))))
                    .isInstanceOf(OutOfMemoryError.class);

            Scripted.transact(memory, jdbc -> setIn(jdbc, "key", VALUE));
            assertThat(Scripted.<Long>write(memory, FaultTest::countIn)).isEqualTo(1);
        }
    }

    /** What is left when there is no memory for a ROLLBACK either. */
    private static Object leaveOpen(JdbcOperations jdbc, Error failure) {
        Transactions.beginRead(jdbc);
        countIn(jdbc);
        throw failure;
    }

    private static Readers oneReader(Path file) throws SQLException {
        SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofSeconds(5), 1, false, false);
        StoreConnection.Opener opener =
                () -> new StoreConnection(new SqliteConnections(settings).openReader(), settings.name());
        return new Readers(List.of(opener.open()), opener, new BusyTimeout(Duration.ofSeconds(5), settings.name()));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be moved or deleted there")
    void aFileThatWasDeletedWhileOpenTakesNoMoreWrites() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", VALUE);
            Files.delete(file);

            requireRefused(kv, file);
            assertThat(kv.get("group", "key")).contains(VALUE);
            assertThat(kv.getAll("group")).containsOnlyKeys("key");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be moved or deleted there")
    void onceTheFileIsReplacedWritesAreRefusedUntilItIsBack() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Path aside = directory.resolve("aside.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", VALUE);
            Files.move(file, aside);
            Files.copy(aside, file);

            requireRefused(kv, file);

            Files.delete(file);
            Files.move(aside, file);
            kv.set("group", "key", "again");
            assertThat(kv.get("group", "key")).contains("again");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be moved or deleted there")
    void onceTheWalIsDeletedWritesAreRefused() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", VALUE);
            Files.delete(directory.resolve("kvstore.db-wal"));

            requireRefused(kv, file);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be moved or deleted there")
    void onceTheWalIsReplacedInADirectoryUnchangedForLongWritesAreRefused() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            kv.set("group", "key", VALUE);
            kv.set("group", "key", "again");
            Files.move(directory.resolve("kvstore.db-wal"), directory.resolve("aside"));
            Files.copy(directory.resolve("aside"), directory.resolve("kvstore.db-wal"));

            requireRefused(kv, file);
            requireRefused(kv, file);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be moved or deleted there")
    void onceTheWalIsReplacedWithinOneTickOfTheFileSystemWritesAreRefused() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            FileTime tick = FileTime.from(Instant.now().plus(Duration.ofHours(1)));
            Files.setLastModifiedTime(directory, tick);
            kv.set("group", "key", VALUE);
            Files.move(directory.resolve("kvstore.db-wal"), directory.resolve("aside"));
            Files.copy(directory.resolve("aside"), directory.resolve("kvstore.db-wal"));
            Files.setLastModifiedTime(directory, tick);

            requireRefused(kv, file);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be moved or deleted there")
    void withoutSyncsADeletedFileIsDetectedAtTheNextCheck() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv =
                SqliteKvStore.builder().file(file).durability(Durability.NORMAL).build()) {
            Files.delete(file);

            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            kv.set("group", "key", VALUE);
                        }
                    })
                    .withMessageContaining("deleted, moved or replaced");
        }
    }

    private static void requireRefused(SqliteKvStore kv, Path file) {
        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> kv.set("group", "key", "lost"))
                .withMessageContaining(file.toString())
                .withMessageContaining("deleted, moved or replaced");
    }

    @Test
    void aWriteWaitsForTheLockOfAnotherProcess() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                Foreign foreign = Foreign.open(file)) {
            foreign.execute("BEGIN IMMEDIATE");
            CountDownLatch secondTry = new CountDownLatch(2);
            BusyTimeout patience = new BusyTimeout(Duration.ofMinutes(1), file.toString());
            SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofMillis(10), 1, false, false);
            StoreConnection connection =
                    new StoreConnection(new SqliteConnections(settings).openWriter(), settings.name());
            try (Writer writer = Writers.on(file, connection, patience, () -> connection)) {
                CompletableFuture<Void> set = CompletableFuture.runAsync(() -> Scripted.write(writer, jdbc -> {
                    secondTry.countDown();
                    return setIn(jdbc, "key", VALUE);
                }));
                // It came a second time, so the first time it was busy.
                secondTry.await();
                assertThat(set).isNotDone();

                foreign.execute("COMMIT");

                set.join();
                assertThat(kv.get("group", "key")).contains(VALUE);
            }
        }
    }

    @Test
    void aLockHeldTooLongIsATransientErrorThatNamesTheSetting() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.builder()
                        .file(file)
                        .busyTimeout(Duration.ofMillis(300))
                        .build();
                Foreign foreign = Foreign.open(file)) {
            kv.set("group", "key", VALUE);
            foreign.execute("BEGIN IMMEDIATE");

            assertThatExceptionOfType(CannotAcquireLockException.class)
                    .isThrownBy(() -> kv.set("group", "key", "changed"))
                    .isInstanceOf(TransientDataAccessException.class)
                    .withMessageContaining("kvstore.busy-timeout")
                    .withMessageContaining(file.toString());
            assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> kv.deleteGroup("group"));

            foreign.execute("ROLLBACK");
            assertThat(kv.get("group", "key")).contains(VALUE);
            kv.set("group", "key", "changed");
        }
    }

    /** A writer whose first connection has a limit, beside a reader that keeps the log in place, as in a store. */
    private Writer writerOfAtMost(String pageLimit) {
        Path file = directory.resolve("kvstore.db");
        reader = SqliteKvStore.open(file);
        return Writers.on(
                file,
                connection(file, pageLimit),
                new BusyTimeout(Duration.ofSeconds(5), file.toString()),
                () -> connection(file, "PRAGMA max_page_count = 1000000"));
    }

    private static StoreConnection connection(Path file, String pageLimit) {
        SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofSeconds(5), 1, false, false);
        try {
            StoreConnection connection =
                    new StoreConnection(new SqliteConnections(settings).openWriter(), settings.name());
            connection.call(jdbc -> {
                jdbc.execute(pageLimit);
                if (file == null) {
                    jdbc.execute(
                            "CREATE TABLE kv (grp TEXT, key TEXT, value TEXT, expires_at INTEGER, value_id INTEGER,"
                                    + " PRIMARY KEY (grp, key))");
                }
                return null;
            });
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Writer writer, String key, String value) {
        Scripted.write(writer, jdbc -> setIn(jdbc, key, value));
    }

    private static long count(Writer writer) {
        return Scripted.write(writer, FaultTest::countIn);
    }

    private static int setIn(JdbcOperations jdbc, String key, String value) {
        // Not as arguments, which Spring logs.
        return jdbc.update(SET, statement -> {
            statement.setString(1, "group");
            statement.setString(2, key);
            statement.setString(3, value);
            statement.setNull(4, Types.BIGINT);
        });
    }

    private static Long countIn(JdbcOperations jdbc) {
        return jdbc.queryForObject("SELECT count(*) FROM kv", Long.class);
    }
}
