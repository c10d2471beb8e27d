package dev.kvstore.session;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.session.IndexResolver;
import org.springframework.session.MapSession;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.util.ClassUtils;

/** Makes the repository from the properties and the beans of the application. */
final class RepositoryFactory {

    private final KvSessionSettings settings;
    private final KvStore store;
    private final InstantSource clock;
    private final Duration timeout;
    private final AttributeCodec codec;
    private final ObjectProvider<SessionIdGenerator> idGenerator;
    private final ObjectProvider<IndexResolver<Session>> indexResolver;
    private final ObjectProvider<SessionRepositoryCustomizer<KvSessionRepository>> customizers;

    RepositoryFactory(
            KvSessionProperties properties,
            KvStore store,
            @KvStoreClock ObjectProvider<InstantSource> clock,
            ObjectProvider<SessionTimeout> timeout,
            ObjectProvider<AttributeCodec> codec,
            ObjectProvider<SessionIdGenerator> idGenerator,
            ObjectProvider<IndexResolver<Session>> indexResolver,
            ObjectProvider<SessionRepositoryCustomizer<KvSessionRepository>> customizers,
            BeanFactory beans) {
        this.settings = new KvSessionSettings(properties);
        this.store = store;
        this.clock = clock.getIfAvailable(InstantSource::system);
        this.timeout = Optional.ofNullable(timeout.getIfAvailable())
                .map(SessionTimeout::getTimeout)
                .orElse(MapSession.DEFAULT_MAX_INACTIVE_INTERVAL);
        this.codec = codec.getIfAvailable(() -> settings.codec(loaderOf(beans), packagesOf(beans)));
        this.idGenerator = idGenerator;
        this.indexResolver = indexResolver;
        this.customizers = customizers;
    }

    private static ClassLoader loaderOf(BeanFactory beans) {
        ClassLoader loader = beans instanceof ConfigurableBeanFactory configurable
                ? configurable.getBeanClassLoader()
                : ClassUtils.getDefaultClassLoader();
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    private static List<String> packagesOf(BeanFactory beans) {
        return AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
    }

    KvSessionRepository repository() {
        KvSessionRepository repository = settings.repository(store, clock, codec, timeout);
        idGenerator.ifAvailable(repository::setSessionIdGenerator);
        indexResolver.ifAvailable(repository::setIndexResolver);
        customizers.orderedStream().forEach(customizer -> customizer.customize(repository));
        return repository;
    }

    SessionCleanUp cleanUp(KvSessionRepository repository) {
        return new SessionCleanUp(repository, settings.cleanupInterval());
    }

    void requireNoImmediateFlush() {
        settings.requireNoImmediateFlush();
    }
}
