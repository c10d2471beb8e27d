package dev.kvstore.security;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ott.DefaultOneTimeToken;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenService;
import org.springframework.util.Assert;

/**
 * One-time tokens in a {@link KvStore}, for login links. Spring Security's {@code oneTimeTokenLogin} uses the bean that
 * the auto-configuration makes. A service for something else, such as links to confirm an address:
 *
 * <pre>{@code
 * @Bean
 * KvOneTimeTokenService confirmations(KvStore kv) {
 *     return new KvOneTimeTokenService(kv, "confirmations", Durability.FULL, InstantSource.system());
 * }
 * }</pre>
 *
 * <p>A token is consumed once, whoever tries at the same time in whatever process. With {@link Durability#FULL} it
 * stays consumed after a power cut. The store does not contain the token: a digest is the key, and the user's name is
 * encrypted with the token. Thread-safe; errors are those of the store.
 *
 * @since 0.1
 */
public class KvOneTimeTokenService implements OneTimeTokenService {

    private final KvGroup<String> tokens;
    private final InstantSource clock;

    /**
     * Creates a service.
     *
     * @param group the name of the group with the tokens
     * @param clock the clock of the store
     * @throws IllegalArgumentException if an argument is null, or the name of the group is invalid
     */
    public KvOneTimeTokenService(KvStore store, String group, Durability durability, InstantSource clock) {
        Assert.notNull(store, "store must not be null");
        Assert.notNull(clock, "clock must not be null");
        this.tokens = store.group(group).durability(durability);
        this.clock = clock;
    }

    @Override
    public OneTimeToken generate(GenerateOneTimeTokenRequest request) {
        Assert.notNull(request, "request must not be null");
        String value = UUID.randomUUID().toString();
        Instant expiresAt = clock.instant().plus(request.getExpiresIn());
        Secret secret = new Secret(value);
        tokens.set(
                secret.key(),
                secret.seal(expiresAt.toEpochMilli() + ":" + request.getUsername()),
                Expiry.after(request.getExpiresIn()));
        return new DefaultOneTimeToken(value, request.getUsername(), expiresAt);
    }

    @Override
    public @Nullable OneTimeToken consume(OneTimeTokenAuthenticationToken authentication) {
        Assert.notNull(authentication, "authentication must not be null");
        String value = authentication.getTokenValue();
        return Optional.ofNullable(value)
                .flatMap(KvOneTimeTokenService.this::take)
                .orElse(null);
    }

    private Optional<OneTimeToken> take(String value) {
        Secret secret = new Secret(value);
        return tokens.getAndDelete(secret.key()).flatMap(secret::open).map(opened -> {
            int end = opened.indexOf(':');
            Instant expiresAt = Instant.ofEpochMilli(Long.parseLong(opened.substring(0, end)));
            return new DefaultOneTimeToken(value, opened.substring(end + 1), expiresAt);
        });
    }
}
