package dev.kvstore.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.autoconfigure.KvStoreClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.InMemoryOneTimeTokenService;
import org.springframework.security.authentication.ott.OneTimeTokenService;
import org.springframework.security.web.authentication.rememberme.InMemoryTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentRememberMeToken;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;

class KvSecurityAutoConfigurationTest {

    private final ApplicationContextRunner host = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(KvStoreAutoConfiguration.class, KvSecurityAutoConfiguration.class))
            .withPropertyValues("kvstore.path=:memory:");

    @Test
    void bothKindsOfTokensAreInTheStoreByDefault() {
        host.run(context -> {
            context.getBean(OneTimeTokenService.class).generate(new GenerateOneTimeTokenRequest("ada"));
            context.getBean(PersistentTokenRepository.class)
                    .createNewToken(new PersistentRememberMeToken("ada", "series", "value", Date.from(Instant.EPOCH)));
            assertThat(context.getBean(KvStore.class).groups(""))
                    .containsExactly(
                            "security:one-time-tokens", "security:remember-me-tokens", "security:remember-me-users");
        });
    }

    @Test
    void nothingIsAddedWhenItIsDisabled() {
        host.withPropertyValues("kvstore.security.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(OneTimeTokenService.class)
                        .doesNotHaveBean(PersistentTokenRepository.class));
    }

    @Test
    void nothingIsAddedWithoutAStore() {
        host.withPropertyValues("kvstore.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(OneTimeTokenService.class)
                        .doesNotHaveBean(PersistentTokenRepository.class));
    }

    @Test
    void nothingIsAddedWithoutSpringSecurity() {
        host.withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(KvSecurityAutoConfiguration.class));
    }

    @Test
    void anApplicationWithoutRequestsHasOneTimeTokensOnly() {
        host.withClassLoader(new FilteredClassLoader("org.springframework.security.web"))
                .run(context -> assertThat(context)
                        .hasSingleBean(KvOneTimeTokenService.class)
                        .doesNotHaveBean("persistentTokenRepository"));
    }

    @Test
    void beansOfTheHostReplaceThem() {
        host.withUserConfiguration(Own.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(OneTimeTokenService.class)
                        .hasSingleBean(PersistentTokenRepository.class)
                        .doesNotHaveBean(KvOneTimeTokenService.class)
                        .doesNotHaveBean(KvPersistentTokenRepository.class));
    }

    @Test
    void prefixAndValidityAreSettingsAndTheClockIsThatOfTheStore() {
        host.withUserConfiguration(Clock.class)
                .withPropertyValues("kvstore.security.prefix=shop/", "kvstore.security.remember-me-validity=1d")
                .run(context -> {
                    MovedClock clock = context.getBean(MovedClock.class);
                    PersistentTokenRepository tokens = context.getBean(PersistentTokenRepository.class);
                    tokens.createNewToken(
                            new PersistentRememberMeToken("ada", "series", "value", Date.from(Instant.EPOCH)));
                    assertThat(context.getBean(KvStore.class).groups("")).allMatch(group -> group.startsWith("shop/"));
                    clock.move(Duration.ofDays(1));
                    clock.move(Duration.ofMillis(1));
                    assertThat(tokens.getTokenForSeries("series")).isNull();
                    assertThat(Objects.requireNonNull(context.getBean(OneTimeTokenService.class)
                                            .generate(new GenerateOneTimeTokenRequest("ada", Duration.ofMinutes(1))))
                                    .getExpiresAt())
                            .isEqualTo(clock.instant().plusSeconds(60));
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        OneTimeTokenService ownService() {
            return new InMemoryOneTimeTokenService();
        }

        @Bean
        PersistentTokenRepository ownRepository() {
            return new InMemoryTokenRepositoryImpl();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Clock {

        @Bean
        @KvStoreClock
        MovedClock clock() {
            return new MovedClock();
        }
    }
}
