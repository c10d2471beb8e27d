package dev.kvstore.security;

import dev.kvstore.Durability;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of Spring Security's tokens in the store.
 *
 * <pre>{@code
 * kvstore.security.remember-me-validity=30d
 * }</pre>
 *
 * @param enabled Whether to keep one-time and remember-me tokens in the store.
 * @param prefix Prefix of the names of the groups with the tokens.
 * @param durability Durability of the creation, use and removal of a token.
 * @param rememberMeValidity Time after which a remember-me token that was not used expires; at least the one that
 *     Spring Security is configured with.
 * @since 0.1
 */
@ConfigurationProperties("kvstore.security")
public record KvSecurityProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("security:") String prefix,
        @DefaultValue("full") Durability durability,
        @DefaultValue("14d") Duration rememberMeValidity) {}
