package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.TransientDataAccessException;

/** A write waits while another process holds the lock, for the busy timeout at most. */
class LockedFileTest {

    @TempDir
    Path directory;

    @Test
    void aWriteWaitsForTheLockOfAnotherProcess() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                Foreign foreign = Foreign.open(file)) {
            foreign.execute("BEGIN IMMEDIATE");
            CountDownLatch secondAttempt = new CountDownLatch(2);
            BusyTimeout busyTimeout = new BusyTimeout(Duration.ofMinutes(1), file.toString());
            SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofMillis(10), 1, false, false);
            StoreConnection connection =
                    new StoreConnection(new SqliteConnections(settings).openWriter(), settings.name());
            try (Writer writer = Writers.on(file, connection, busyTimeout, () -> connection)) {
                CompletableFuture<Void> set = CompletableFuture.runAsync(() -> Scripted.write(writer, jdbc -> {
                    secondAttempt.countDown();
                    return jdbc.update("INSERT INTO kv (grp, key, value) VALUES ('group', 'key', 'value')");
                }));
                // A second attempt means that the first one found the database locked.
                secondAttempt.await();
                assertThat(set).isNotDone();

                foreign.execute("COMMIT");

                set.join();
                assertThat(kv.get("group", "key")).contains("value");
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
            kv.set("group", "key", "value");
            foreign.execute("BEGIN IMMEDIATE");

            assertThatExceptionOfType(CannotAcquireLockException.class)
                    .isThrownBy(() -> kv.set("group", "key", "changed"))
                    .isInstanceOf(TransientDataAccessException.class)
                    .withMessageContaining("busyTimeout")
                    .withMessageContaining(file.toString());
            assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> kv.deleteGroup("group"));

            foreign.execute("ROLLBACK");
            assertThat(kv.get("group", "key")).contains("value");
            kv.set("group", "key", "changed");
        }
    }
}
