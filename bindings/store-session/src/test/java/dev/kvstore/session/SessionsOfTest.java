package dev.kvstore.session;

import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.session.events.AbstractSessionEvent;

/** A repository with the ids of a test, which no log may contain, and the events it has published. */
final class SessionsOfTest {

    static final String PREFIX = "session:";

    private SessionsOfTest() {}

    static KvSessionRepository in(KvStore store, InstantSource clock, List<AbstractSessionEvent> events) {
        return in(store, clock, new JdkAttributeCodec(Cart.class.getClassLoader(), ""), events);
    }

    static KvSessionRepository in(
            KvStore store, InstantSource clock, AttributeCodec codec, List<AbstractSessionEvent> events) {
        KvSessionRepository repository = new KvSessionRepository(store, PREFIX, clock, codec);
        repository.setSessionIdGenerator(() -> Secrets.VALUE + UUID.randomUUID());
        repository.setApplicationEventPublisher(event -> events.add((AbstractSessionEvent) event));
        return repository;
    }

    static KvSessionRepository in(KvStore store, InstantSource clock) {
        return in(store, clock, new ArrayList<>());
    }

    /** Reads a session that must exist. */
    static KvSession find(KvSessionRepository repository, String id) {
        return Objects.requireNonNull(repository.findById(id), "the session is absent");
    }
}
