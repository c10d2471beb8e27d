package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvstore.MovedClock;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.session.events.AbstractSessionEvent;
import org.springframework.session.events.SessionExpiredEvent;

@ExtendWith(OutputCaptureExtension.class)
class SessionCleanUpTest {

    private final MovedClock clock = new MovedClock();
    private final SqliteKvStore kv =
            SqliteKvStore.builder().inMemory().clock(clock).build();
    private final List<AbstractSessionEvent> events = new CopyOnWriteArrayList<>();
    private final KvSessionRepository repository = SessionsOfTest.in(kv, clock, events);

    @AfterEach
    void close() {
        kv.close();
    }

    @Test
    void expiredSessionsAreFoundAgainAndAgainWhileItRuns() {
        SessionCleanUp cleanUp = new SessionCleanUp(repository, Duration.ofMillis(1));
        cleanUp.start();
        cleanUp.start();
        for (int i = 1; i <= 2; i++) {
            int expired = i;
            repository.save(repository.createSession());
            clock.move(Duration.ofMinutes(31));
            await().until(() -> events.stream()
                            .filter(SessionExpiredEvent.class::isInstance)
                            .count()
                    == expired);
        }
        cleanUp.stop();

        assertThat(cleanUp.isRunning()).isFalse();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("kvstore-sessions")));
    }

    @Test
    void aClosedStoreIsNoProblem(CapturedOutput output) {
        kv.close();
        new SessionCleanUp(repository, Duration.ZERO).cleanUp();

        assertThat(output).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @Test
    void aFailureIsLoggedOnce(CapturedOutput output) {
        repository.save(repository.createSession());
        clock.move(Duration.ofMinutes(31));
        String due = kv.group("session:sessions", byte[].class)
                .getAll()
                .keySet()
                .iterator()
                .next();
        kv.group("session:sessions", byte[].class).set(due, new byte[] {9});
        SessionCleanUp cleanUp = new SessionCleanUp(repository, Duration.ZERO);
        cleanUp.cleanUp();
        cleanUp.cleanUp();

        assertThat(output.getOut().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("kvstore.session.cleanup-interval"));
    }
}
