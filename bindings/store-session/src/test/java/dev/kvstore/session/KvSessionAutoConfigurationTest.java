package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.autoconfigure.KvStoreClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.ReactiveMapSessionRepository;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.SaveMode;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.events.AbstractSessionEvent;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionExpiredEvent;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

@ExtendWith(OutputCaptureExtension.class)
class KvSessionAutoConfigurationTest {

    private static final String PREFERRED = "Sessions are not in the KvStore";

    private static final AutoConfigurations OURS = AutoConfigurations.of(
            KvStoreAutoConfiguration.class, SessionAutoConfiguration.class, KvSessionAutoConfiguration.class);

    private final WebApplicationContextRunner host =
            new WebApplicationContextRunner().withConfiguration(OURS).withPropertyValues("kvstore.path=:memory:");

    private final ReactiveWebApplicationContextRunner webFlux = new ReactiveWebApplicationContextRunner()
            .withConfiguration(OURS)
            .withBean(ServerProperties.class)
            .withPropertyValues("kvstore.path=:memory:");

    @Test
    void sessionsAreInTheStoreByDefault(CapturedOutput output) {
        host.run(context -> {
            assertThat(context)
                    .hasSingleBean(KvSessionRepository.class)
                    .hasSingleBean(SessionRepositoryFilter.class)
                    .hasSingleBean(SessionCleanUp.class);
            KvSessionRepository repository = context.getBean(KvSessionRepository.class);
            KvSession session = repository.createSession();
            repository.save(session);
            assertThat(Stored.groups(context.getBean(KvStore.class)))
                    .containsExactly("session:expiries", "session:sessions");
            assertThat(context.getBean(SessionCleanUp.class).isRunning()).isTrue();
            assertThat(output).contains("Sessions are in the KvStore").doesNotContain(PREFERRED);
        });
    }

    @Test
    void nothingIsAddedWhenItIsDisabled(CapturedOutput output) {
        host.withPropertyValues("kvstore.session.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(SessionRepository.class);
            assertThat(context).doesNotHaveBean(KvSessionProperties.class);
            assertThat(output).doesNotContain(PREFERRED);
        });
    }

    @Test
    void nothingIsAddedWithoutAStore() {
        host.withPropertyValues("kvstore.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionRepository.class));
    }

    @Test
    void nothingIsAddedWithoutSpringSession() {
        host.withClassLoader(new FilteredClassLoader("org.springframework.session", "org.springframework.boot.session"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(KvSessionAutoConfiguration.class)
                        .doesNotHaveBean("sessionRepository"));
    }

    @Test
    void anApplicationWithoutRequestsHasNoSessions() {
        new ApplicationContextRunner()
                .withConfiguration(OURS)
                .withPropertyValues("kvstore.path=:memory:")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(KvSessionRepository.class)
                        .doesNotHaveBean(SessionCleanUp.class));
    }

    @Test
    void aRepositoryOfTheHostIsPreferredWithAWarning(CapturedOutput output) {
        host.withUserConfiguration(OwnRepository.class).run(context -> {
            assertThat(context).hasSingleBean(SessionRepository.class).hasBean("ownRepository");
            assertThat(context).doesNotHaveBean(SessionCleanUp.class);
            assertThat(output)
                    .contains(PREFERRED)
                    .contains("'ownRepository' of " + MapSessionRepository.class)
                    .contains("kvstore.session.enabled");
        });
    }

    @Test
    void theRepositoryOfSpringBootForJdbcIsPreferredWithAWarning(CapturedOutput output) {
        host.withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcSessionAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:sqlite::memory:", "spring.session.jdbc.initialize-schema=never")
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(JdbcIndexedSessionRepository.class)
                            .doesNotHaveBean(KvSessionRepository.class);
                    assertThat(output).contains(PREFERRED);
                });
    }

    @Test
    void theTimeoutIsThatOfSpringSession() {
        host.withPropertyValues("spring.session.timeout=90s")
                .run(context -> assertThat(context.getBean(KvSessionRepository.class)
                                .createSession()
                                .getMaxInactiveInterval())
                        .isEqualTo(Duration.ofSeconds(90)));
    }

    @Test
    void thePrefixOfTheGroupsIsASetting() {
        host.withPropertyValues("kvstore.session.prefix=shop.session/").run(context -> {
            KvSessionRepository repository = context.getBean(KvSessionRepository.class);
            repository.save(repository.createSession());
            assertThat(Stored.groups(context.getBean(KvStore.class)))
                    .allMatch(group -> group.startsWith("shop.session/"));
        });
    }

    @Test
    void theModesAreSettings() {
        host.withPropertyValues("kvstore.session.save-mode=always", "kvstore.session.flush-mode=immediate")
                .run(context -> {
                    KvSessionRepository repository = context.getBean(KvSessionRepository.class);
                    assertThat(repository.saveMode()).isEqualTo(SaveMode.ALWAYS);
                    assertThat(repository.findById(repository.createSession().getId()))
                            .isNotNull();
                });
    }

    @Test
    void theCleanUpCanBeTurnedOff() {
        host.withPropertyValues("kvstore.session.cleanup-interval=0")
                .run(context -> assertThat(context.getBean(SessionCleanUp.class).isRunning())
                        .isFalse());
    }

    @Test
    void attributesAreJsonOnRequest() {
        host.withPropertyValues(
                        "kvstore.session.serialization=json", "kvstore.session.trusted-packages=dev.kvstore.session")
                .run(context -> {
                    KvSessionRepository repository = context.getBean(KvSessionRepository.class);
                    KvSession session = repository.createSession();
                    session.setAttribute("cart", new Cart(List.of("tea")));
                    repository.save(session);
                    KvSession found = SessionsOfTest.find(repository, session.getId());
                    assertThat(found.<Cart>getAttribute("cart")).isEqualTo(new Cart(List.of("tea")));
                });
    }

    @Test
    void beansOfTheHostAreUsed() {
        host.withUserConfiguration(Parts.class).run(context -> {
            KvSessionRepository repository = context.getBean(KvSessionRepository.class);
            KvSession session = repository.createSession();
            session.setAttribute("cart", "tea");
            repository.save(session);
            assertThat(session.getId()).startsWith("own-");
            assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofDays(1));
            assertThat(session.getCreationTime())
                    .isEqualTo(context.getBean(MovedClock.class).instant());
            assertThat(SessionsOfTest.find(repository, session.getId()).<String>getAttribute("cart"))
                    .isEqualTo("decoded");
        });
    }

    @Test
    void eventsReachTheListenersOfTheHost() {
        host.withUserConfiguration(Parts.class, Listener.class).run(context -> {
            KvSessionRepository repository = context.getBean(KvSessionRepository.class);
            repository.save(repository.createSession());
            context.getBean(MovedClock.class).move(Duration.ofDays(1).plusSeconds(1));
            context.getBean(SessionCleanUp.class).cleanUp();
            assertThat(context.getBean(Listener.class).events)
                    .hasExactlyElementsOfTypes(SessionCreatedEvent.class, SessionExpiredEvent.class);
        });
    }

    @Test
    void webFluxHasItsSessionsInTheStore(CapturedOutput output) {
        webFlux.run(context -> {
            assertThat(context)
                    .hasSingleBean(KvReactiveSessionRepository.class)
                    .doesNotHaveBean(SessionRepository.class)
                    .hasSingleBean(SessionCleanUp.class)
                    .hasBean("webSessionManager");
            assertThat(output).doesNotContain(PREFERRED);
        });
    }

    @Test
    void aRepositoryOfTheHostIsPreferredInWebFlux(CapturedOutput output) {
        webFlux.withUserConfiguration(OwnReactiveRepository.class).run(context -> {
            assertThat(context)
                    .doesNotHaveBean(KvReactiveSessionRepository.class)
                    .doesNotHaveBean(SessionCleanUp.class);
            assertThat(output).contains(PREFERRED).contains("'ownRepository'");
        });
    }

    @Test
    void webFluxCannotFlushImmediately() {
        webFlux.withPropertyValues("kvstore.session.flush-mode=immediate")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("kvstore.session.flush-mode")
                        .hasMessageContaining("use 'on-save'"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRepository {

        @Bean
        MapSessionRepository ownRepository() {
            return new MapSessionRepository(new ConcurrentHashMap<>());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnReactiveRepository {

        @Bean
        ReactiveSessionRepository<?> ownRepository() {
            return new ReactiveMapSessionRepository(new ConcurrentHashMap<>());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Parts {

        @Bean
        @KvStoreClock
        MovedClock clock() {
            return new MovedClock();
        }

        @Bean
        SessionIdGenerator ids() {
            return () -> "own-" + UUID.randomUUID();
        }

        @Bean
        SessionRepositoryCustomizer<KvSessionRepository> longSessions() {
            return repository -> repository.setDefaultMaxInactiveInterval(Duration.ofDays(1));
        }

        @Bean
        AttributeCodec codec() {
            return new AttributeCodec() {

                @Override
                public byte[] encode(Object value) throws IOException {
                    return new byte[1];
                }

                @Override
                public Object decode(byte[] bytes) {
                    return "decoded";
                }
            };
        }
    }

    static class Listener {

        private final List<AbstractSessionEvent> events = new ArrayList<>();

        @EventListener
        void on(AbstractSessionEvent event) {
            events.add(event);
        }
    }
}
