package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

import dev.kvstore.MovedClock;
import dev.kvstore.sqlite.SqliteKvStore;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of WebFlux are those of servlets, off the event loop. */
class KvReactiveSessionRepositoryTest {

    private final MovedClock clock = new MovedClock();
    private final SqliteKvStore kv =
            SqliteKvStore.builder().inMemory().clock(clock).build();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final KvSessionRepository blocking = SessionsOfTest.in(kv, () -> {
        threads.add(Thread.currentThread().getName());
        return clock.instant();
    });
    private final KvReactiveSessionRepository repository = new KvReactiveSessionRepository(blocking);

    @AfterEach
    void close() {
        kv.close();
    }

    private KvSession created() {
        return Objects.requireNonNull(repository.createSession().block());
    }

    @Test
    void aSessionIsSavedFoundAndDeleted() {
        KvSession session = created();
        session.setAttribute(PRINCIPAL_NAME_INDEX_NAME, "ada");
        repository.save(session).block();

        assertThat(repository.findById(session.getId()).blockOptional()).isPresent();
        assertThat(repository.findByPrincipalName("ada").block()).containsOnlyKeys(session.getId());
        repository.deleteById(session.getId()).block();
        assertThat(repository.findById(session.getId()).blockOptional()).isEmpty();
    }

    @Test
    void nothingIsDoneUntilSomebodySubscribes() {
        KvSession session = created();
        repository.save(session);

        assertThat(blocking.findById(session.getId())).isNull();
    }

    @Test
    void theStoreIsNeverCalledOnTheThreadThatSubscribes() {
        KvSession session = created();
        repository.save(session).block();
        repository.findById(session.getId()).block();

        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("boundedElastic-"));
    }
}
