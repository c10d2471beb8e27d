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
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;

/** A failed transaction is rolled back as a whole, and the store works again afterwards. */
@NullUnmarked
class FailedTransactionTest {

    private static final String SET = """
            INSERT INTO kv (grp, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (grp, key) \
            DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at, value_id = NULL\
            """;

    private static final String LARGE = VALUE + "x".repeat(100_000);

    @TempDir
    Path directory;

    private SqliteKvStore store;

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void aFullDiskFailsTheWriteAndLaterOnesSucceedOnceThereIsRoom() {
        try (Writer writer = writerWith("PRAGMA max_page_count = 20")) {
            set(writer, "before", VALUE);

            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> set(writer, "large", LARGE))
                    .withMessageContaining("disk is full")
                    .withMessageContaining(directory.toString())
                    .withMessageNotContaining("xxx");

            // The page limit applied to the connection that was given up; the new one has room.
            set(writer, "large", LARGE);
            assertThat(count(writer)).isEqualTo(2);
        }
    }

    @Test
    void aFullDiskRollsBackTheWholeTransaction() {
        try (Writer writer = writerWith("PRAGMA max_page_count = 20")) {
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
            assertThat(Scripted.<Long>write(memory, FailedTransactionTest::countIn))
                    .isEqualTo(2);
        }
    }

    @Test
    void aConstraintViolationRollsBackTheWholeTransactionAndKeepsTheConnection() {
        try (Writer writer = writerWith("PRAGMA max_page_count = 1000")) {
            set(writer, "before", VALUE);

            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(() -> Scripted.transact(writer, jdbc -> {
                        jdbc.update("INSERT INTO kv VALUES ('group', 'other', 'value', NULL, NULL, 1)");
                        return jdbc.update("INSERT INTO kv VALUES ('group', 'before', 'value', NULL, NULL, 1)");
                    }));

            assertThat(count(writer)).isEqualTo(1);
            assertThat(Scripted.<Integer>write(
                            writer, jdbc -> jdbc.queryForObject("PRAGMA max_page_count", Integer.class)))
                    .isEqualTo(1000);
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

            assertThat(Scripted.<Long>write(memory, FailedTransactionTest::countIn))
                    .isEqualTo(1);
            Scripted.write(memory, jdbc -> setIn(jdbc, "after", VALUE));
        }
    }

    @Test
    void reopeningTheConnectionIsRetriedAtTheNextWrite() throws Exception {
        Path file = directory.resolve("kvstore.db");
        store = SqliteKvStore.open(file);
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
    void anErrorThrownByTheWriteRollsBackItsTransaction() {
        try (Writer writer = writerWith("PRAGMA max_page_count = 1000")) {
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
    void aStoreInMemoryEndsATransactionLeftOpenByAFailure() {
        try (MemoryEngine memory =
                new MemoryEngine(connection(null, "PRAGMA max_page_count = 1000"), InstantSource.system())) {
            assertThatThrownBy(() -> Scripted.write(memory, jdbc -> leaveOpen(jdbc, new OutOfMemoryError("in a test"))))
                    .isInstanceOf(OutOfMemoryError.class);

            Scripted.transact(memory, jdbc -> setIn(jdbc, "key", VALUE));
            assertThat(Scripted.<Long>write(memory, FailedTransactionTest::countIn))
                    .isEqualTo(1);
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
            assertThat(readers.<Long>read(FailedTransactionTest::countIn)).isEqualTo(2);
        }
    }

    /** Leaves a transaction open, as when memory runs out for its ROLLBACK as well. */
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

    /** Returns a writer whose first connection has a page limit, beside an open store, which keeps the WAL in use. */
    private Writer writerWith(String pageLimit) {
        Path file = directory.resolve("kvstore.db");
        store = SqliteKvStore.open(file);
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
        return Scripted.write(writer, FailedTransactionTest::countIn);
    }

    private static int setIn(JdbcOperations jdbc, String key, String value) {
        // Bound here, since Spring logs arguments.
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
