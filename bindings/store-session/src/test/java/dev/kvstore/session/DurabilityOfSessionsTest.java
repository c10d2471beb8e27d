package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.MovedClock;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No request waits for a sync, except those that create a session, change its id or log out. */
class DurabilityOfSessionsTest {

    private final MovedClock clock = new MovedClock();
    private SqliteKvStore kv;
    private RecordedDurability recorded;
    private KvSessionRepository repository;

    @BeforeEach
    void open() {
        kv = SqliteKvStore.builder().inMemory().clock(clock).build();
        recorded = new RecordedDurability(kv);
        repository = SessionsOfTest.in(recorded.store(), clock);
    }

    @AfterEach
    void close() {
        kv.close();
    }

    private List<Durability> writtenBy(Runnable request) {
        recorded.written.clear();
        request.run();
        return List.copyOf(recorded.written);
    }

    private KvSession saved() {
        KvSession session = repository.createSession();
        repository.save(session);
        return SessionsOfTest.find(repository, session.getId());
    }

    @Test
    void aCreationReachesTheDisk() {
        assertThat(writtenBy(this::saved)).containsExactly(Durability.FULL);
    }

    @Test
    void aChangeOfIdReachesTheDisk() {
        KvSession session = saved();
        session.changeSessionId();

        assertThat(writtenBy(() -> repository.save(session))).containsExactly(Durability.FULL);
    }

    @Test
    void aLogoutReachesTheDisk() {
        KvSession session = saved();

        assertThat(writtenBy(() -> repository.deleteById(session.getId()))).containsExactly(Durability.FULL);
    }

    @Test
    void anAttributeDoesNotWaitForTheDisk() {
        KvSession session = saved();
        session.setAttribute("name", "1");

        assertThat(writtenBy(() -> repository.save(session))).containsExactly(Durability.NORMAL);
    }

    @Test
    void anAccessDoesNotWaitForTheDisk() {
        KvSession session = saved();
        session.setLastAccessedTime(clock.instant().plusSeconds(60));

        assertThat(writtenBy(() -> repository.save(session))).containsExactly(Durability.NORMAL);
    }

    @Test
    void anExpiryDoesNotWaitForTheDisk() {
        saved();
        clock.move(Duration.ofMinutes(31));

        assertThat(writtenBy(() -> repository.cleanUpExpiredSessions())).containsExactly(Durability.NORMAL);
    }

    @Test
    void everythingReachesTheDiskOnRequest() {
        repository.setDurability(Durability.FULL);
        KvSession session = saved();
        session.setAttribute("name", "1");

        assertThat(writtenBy(() -> repository.save(session))).containsExactly(Durability.FULL);
    }
}
