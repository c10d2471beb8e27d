package dev.kvstore.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.sqlite.file.StoreFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcOperations;

/** Each reader serves one read at a time. */
@NullUnmarked
class ReadersTest {

    private final CountDownLatch readHasBegun = new CountDownLatch(1);
    private final CountDownLatch readMayEnd = new CountDownLatch(1);

    @TempDir
    Path directory;

    @Test
    void aReadTakesAFreeReaderWhenItsPreferredOneIsBusy() throws Exception {
        try (Readers readers = readers(2)) {
            FutureTask<Integer> held = new FutureTask<>(() -> readers.read(this::hold));
            startOnTheReaderThatThisThreadPrefers(held, 2);

            assertThat(readers.<Integer>read(ReadersTest::one)).isEqualTo(1);

            assertThat(held).isNotDone();
            readMayEnd.countDown();
            assertThat(held.get()).isEqualTo(1);
        }
    }

    @Test
    void aReadWaitsWhileAllReadersAreBusy() throws Exception {
        try (Readers readers = readers(1)) {
            FutureTask<Integer> held = new FutureTask<>(() -> readers.read(this::hold));
            startOnTheReaderThatThisThreadPrefers(held, 1);
            FutureTask<Integer> waiting = new FutureTask<>(() -> readers.read(ReadersTest::one));
            Thread waitingThread = new Thread(waiting);
            waitingThread.start();

            Awaitility.await().until(() -> waiting.isDone() || waitingThread.getState() == Thread.State.WAITING);
            assertThat(waiting).isNotDone();

            readMayEnd.countDown();
            assertThat(waiting.get()).isEqualTo(1);
        }
    }

    private void startOnTheReaderThatThisThreadPrefers(FutureTask<?> read, int readers) throws InterruptedException {
        long mine = Thread.currentThread().getId() % readers;
        Thread holder = Stream.generate(() -> new Thread(read))
                .filter(thread -> thread.getId() % readers == mine)
                .findFirst()
                .orElseThrow();
        holder.start();
        readHasBegun.await();
    }

    private Integer hold(JdbcOperations jdbc) {
        readHasBegun.countDown();
        try {
            readMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return one(jdbc);
    }

    private static Integer one(JdbcOperations jdbc) {
        return jdbc.queryForObject("SELECT 1", Integer.class);
    }

    private Readers readers(int count) {
        Path file = directory.resolve("t.db");
        StoreFile.prepare(file, false);
        SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofSeconds(5), count, false, false);
        SqliteConnections connections = new SqliteConnections(settings);
        StoreConnection.Opener opener = () -> new StoreConnection(connections.openReader(), settings.name());
        return new Readers(
                Stream.generate(() -> opener.open(settings.name())).limit(count).toList(),
                opener,
                new BusyTimeout(Duration.ofSeconds(5), settings.name()));
    }
}
