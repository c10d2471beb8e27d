package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A connection that may have an open transaction is rolled back or closed before another one is opened. If that fails
 * because memory has run out, a later write retries it: the store never locks itself out.
 */
@NullUnmarked
class GivenUpConnectionTest {

    private static final String SET = """
            INSERT INTO kv (grp, key, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (grp, key) \
            DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at, value_id = NULL\
            """;

    private static final Set<String> ENDING_CALLS = Set.of("createStatement", "close");

    @TempDir
    Path directory;

    private final AtomicInteger remainingFailures = new AtomicInteger();
    private final AtomicInteger openings = new AtomicInteger();
    private Supplier<Throwable> failure;
    private SqliteKvStore store;
    private Path file;

    @BeforeEach
    void open() {
        file = directory.resolve("kvstore.db");
        store = SqliteKvStore.open(file);
        store.set("group", "key", "value");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRollbackThatRunsOutOfMemoryIsRetriedAtALaterWrite() throws Exception {
        failure = () -> new OutOfMemoryError("in a test");
        try (Writer writer = writer()) {
            leaveATransactionOpen(writer, 2);

            assertThatExceptionOfType(OutOfMemoryError.class)
                    .isThrownBy(() -> Scripted.write(writer, set("too early")));
            assertThat(openings)
                    .as("connections opened while the lock may be held")
                    .hasValue(0);

            Scripted.write(writer, set("later"));
            assertThat(openings).hasValue(1);
            assertThat(store.getAll("group")).containsOnlyKeys("key", "later");
        }
    }

    @Test
    void whileTheRollbackFailsTheErrorsOfWritesBlameThisStore() throws Exception {
        failure = () -> new SQLException("in a test");
        try (Writer writer = writer()) {
            leaveATransactionOpen(writer, 4);

            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> Scripted.write(writer, set("too early")))
                    .withMessageContaining(file.toString())
                    .withMessageContaining("this store may hold the write lock")
                    .withMessageContaining("was not executed and can be retried");

            Scripted.write(writer, set("later"));
            assertThat(store.getAll("group")).containsOnlyKeys("key", "later");
        }
    }

    @Test
    void anotherProcessCanWriteOnceTheTransactionIsRolledBack() throws Exception {
        try (Writer writer = writer();
                Foreign foreign = Foreign.open(file)) {
            leaveATransactionOpen(writer, 0);

            foreign.execute("UPDATE kv SET value = 'changed'");
            assertThat(store.get("group", "key")).contains("changed");
        }
    }

    private void leaveATransactionOpen(Writer writer, int failures) {
        assertThatThrownBy(() -> Scripted.transact(writer, jdbc -> {
                    jdbc.update("DELETE FROM kv");
                    remainingFailures.set(failures);
                    throw new OutOfMemoryError("of the operation");
                }))
                .hasMessage("of the operation");
    }

    private static Function<JdbcOperations, Object> set(String key) {
        return jdbc -> jdbc.update(SET, "group", key, "value", null);
    }

    private Writer writer() throws SQLException {
        SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofMillis(300), 1, false, false);
        SqliteConnections connections = new SqliteConnections(settings);
        StoreConnection connection = new StoreConnection(failing(connections.openWriter()), settings.name());
        return Writers.on(file, connection, new BusyTimeout(Duration.ofMillis(300), settings.name()), () -> {
            openings.incrementAndGet();
            return new StoreConnection(connections.openWriter(), settings.name());
        });
    }

    /** Wraps a connection whose rollback and close fail as often as {@code remainingFailures} says. */
    private Connection failing(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (ENDING_CALLS.contains(method.getName())
                            && remainingFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw failure.get();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
