package dev.kvstore.session;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.ReactiveFindByIndexNameSessionRepository;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.util.Assert;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sessions of WebFlux in a {@link dev.kvstore.KvStore}. The auto-configuration makes one; elsewhere:
 *
 * <pre>{@code
 * @Bean
 * ReactiveSessionRepository<?> sessions(KvStore kv, AttributeCodec codec) {
 *     return new KvReactiveSessionRepository(
 *             new KvSessionRepository(kv, "session:", InstantSource.system(), codec));
 * }
 * }</pre>
 *
 * <p>The store blocks, so each call runs on Reactor's scheduler for that, {@link Schedulers#boundedElastic()}, and
 * never on an event loop. What is promised is the same as of {@link KvSessionRepository}. Thread-safe.
 *
 * @since 0.1
 */
public class KvReactiveSessionRepository
        implements ReactiveSessionRepository<KvSession>, ReactiveFindByIndexNameSessionRepository<KvSession> {

    private final KvSessionRepository sessions;

    /**
     * Creates a repository over one that blocks, which must not flush immediately.
     *
     * @throws IllegalArgumentException if {@code sessions} is null
     */
    public KvReactiveSessionRepository(KvSessionRepository sessions) {
        Assert.notNull(sessions, "sessions must not be null");
        this.sessions = sessions;
    }

    @Override
    public Mono<KvSession> createSession() {
        return offTheEventLoop(sessions::createSession);
    }

    @Override
    public Mono<Void> save(KvSession session) {
        return Mono.<Void>fromRunnable(() -> sessions.save(session)).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Mono<KvSession> findById(String id) {
        return offTheEventLoop(() -> sessions.findById(id));
    }

    @Override
    public Mono<Void> deleteById(String id) {
        return Mono.<Void>fromRunnable(() -> sessions.deleteById(id)).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Mono<Map<String, KvSession>> findByIndexNameAndIndexValue(String indexName, String indexValue) {
        // Spring Session has a name of its own for the same index.
        String index = indexName.equals(ReactiveFindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME)
                ? FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME
                : indexName;
        return offTheEventLoop(() -> sessions.findByIndexNameAndIndexValue(index, indexValue));
    }

    private static <T> Mono<T> offTheEventLoop(Callable<? extends @Nullable T> call) {
        return Mono.<T>fromCallable(call).subscribeOn(Schedulers.boundedElastic());
    }
}
