package dev.kvstore.security;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.autoconfigure.KvStoreClock;
import dev.kvstore.autoconfigure.KvStorePostgresAutoConfiguration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ott.OneTimeTokenService;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} of Spring Security's tokens
 * over a {@link KvStore}. The beans do nothing until the application uses them:
 *
 * <pre>{@code
 * @Bean
 * SecurityFilterChain security(HttpSecurity http, PersistentTokenRepository tokens) throws Exception {
 *     return http.oneTimeTokenLogin(Customizer.withDefaults()) // uses the bean by itself
 *             .rememberMe(rememberMe -> rememberMe.tokenRepository(tokens))
 *             .build();
 * }
 * }</pre>
 *
 * <p>A bean of the application of either type replaces ours.
 *
 * @since 0.1
 */
@AutoConfiguration(after = {KvStoreAutoConfiguration.class, KvStorePostgresAutoConfiguration.class})
@ConditionalOnClass(OneTimeTokenService.class)
@ConditionalOnBooleanProperty(name = "kvstore.security.enabled", matchIfMissing = true)
@ConditionalOnBean(KvStore.class)
@EnableConfigurationProperties(KvSecurityProperties.class)
public final class KvSecurityAutoConfiguration {

    private KvSecurityAutoConfiguration() {}

    private static String prefix(KvSecurityProperties properties) {
        String prefix = properties.prefix();
        if (prefix.isBlank() || prefix.charAt(0) == '\0') {
            throw refused("prefix", prefix, "It must not be empty, and must not begin with U+0000.");
        }
        return prefix;
    }

    private static InvalidConfigurationPropertyValueException refused(String property, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException("kvstore.security." + property, value, reason);
    }

    @Bean
    @ConditionalOnMissingBean(OneTimeTokenService.class)
    KvOneTimeTokenService oneTimeTokenService(
            KvStore store, KvSecurityProperties properties, @KvStoreClock ObjectProvider<InstantSource> clock) {
        return new KvOneTimeTokenService(
                store,
                prefix(properties) + "one-time-tokens",
                properties.durability(),
                clock.getIfAvailable(InstantSource::system));
    }

    /** Remember-me tokens, where Spring Security's web part is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PersistentTokenRepository.class)
    static class RememberMe {

        @Bean
        @ConditionalOnMissingBean(PersistentTokenRepository.class)
        KvPersistentTokenRepository persistentTokenRepository(KvStore store, KvSecurityProperties properties) {
            if (properties.rememberMeValidity().isNegative()
                    || properties.rememberMeValidity().isZero()) {
                throw refused("remember-me-validity", properties.rememberMeValidity(), "It must be positive.");
            }
            return new KvPersistentTokenRepository(
                    store,
                    prefix(properties) + "remember-me-",
                    properties.durability(),
                    properties.rememberMeValidity());
        }
    }
}
