package dev.kvstore.session;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.autoconfigure.KvStorePostgresAutoConfiguration;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.SpringHttpSessionConfiguration;
import org.springframework.session.config.annotation.web.server.SpringWebSessionConfiguration;
import reactor.core.publisher.Mono;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} of Spring Session over a
 * {@link KvStore}, for servlet and WebFlux applications. A bean of the application replaces what it makes:
 *
 * <pre>{@code
 * @Bean
 * SessionIdGenerator sessionIdGenerator() {
 *     return () -> UUID.randomUUID() + "-" + UUID.randomUUID();
 * }
 * }</pre>
 *
 * <p>It yields, with a warning, to another repository of sessions, such as those of Spring Boot for JDBC and Redis.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = {KvStoreAutoConfiguration.class, KvStorePostgresAutoConfiguration.class},
        before = SessionAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration",
            "org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration"
        })
@ConditionalOnClass({Session.class, SessionTimeout.class})
@ConditionalOnBooleanProperty(name = "kvstore.session.enabled", matchIfMissing = true)
@ConditionalOnBean(KvStore.class)
@EnableConfigurationProperties(KvSessionProperties.class)
public final class KvSessionAutoConfiguration {

    private KvSessionAutoConfiguration() {}

    /** Sessions of servlets. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class ForServlets {

        /** The repository, and Spring Session's filter. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnMissingBean(SessionRepository.class)
        @Import({SpringHttpSessionConfiguration.class, RepositoryFactory.class})
        static class WithRepository {

            @Bean
            KvSessionRepository sessionRepository(RepositoryFactory factory) {
                return factory.repository();
            }

            @Bean
            @ConditionalOnMissingBean(SessionCleanUp.class)
            SessionCleanUp kvSessionCleanUp(KvSessionRepository sessionRepository, RepositoryFactory factory) {
                return factory.cleanUp(sessionRepository);
            }
        }

        @Bean
        @ConditionalOnMissingBean(RepositoryNotice.class)
        RepositoryNotice kvSessionNotice(ListableBeanFactory beans) {
            return new RepositoryNotice(beans, SessionRepository.class, KvSessionRepository.class);
        }
    }

    /** Sessions of WebFlux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(Mono.class)
    static class ForWebFlux {

        /** The repository, and the store of WebFlux's sessions. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnMissingBean(ReactiveSessionRepository.class)
        @Import({SpringWebSessionConfiguration.class, RepositoryFactory.class})
        static class WithRepository {

            private final KvSessionRepository sessions;

            WithRepository(RepositoryFactory factory, ApplicationEventPublisher publisher) {
                factory.requireNoImmediateFlush();
                this.sessions = factory.repository();
                this.sessions.setApplicationEventPublisher(publisher);
            }

            @Bean
            KvReactiveSessionRepository reactiveSessionRepository() {
                return new KvReactiveSessionRepository(sessions);
            }

            @Bean
            @ConditionalOnMissingBean(SessionCleanUp.class)
            SessionCleanUp kvSessionCleanUp(RepositoryFactory factory) {
                return factory.cleanUp(sessions);
            }
        }

        @Bean
        @ConditionalOnMissingBean(RepositoryNotice.class)
        RepositoryNotice kvSessionNotice(ListableBeanFactory beans) {
            return new RepositoryNotice(beans, ReactiveSessionRepository.class, KvReactiveSessionRepository.class);
        }
    }
}
