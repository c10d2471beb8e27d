package dev.kvstore.security;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.security.web.authentication.rememberme.PersistentRememberMeToken;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.util.Assert;

/**
 * Remember-me tokens in a {@link KvStore}. The application hands the bean that the auto-configuration makes to Spring
 * Security:
 *
 * <pre>{@code
 * @Bean
 * SecurityFilterChain security(HttpSecurity http, PersistentTokenRepository tokens) throws Exception {
 *     return http.formLogin(Customizer.withDefaults())
 *             .rememberMe(rememberMe -> rememberMe.tokenRepository(tokens))
 *             .build();
 * }
 * }</pre>
 *
 * <p>The store contains neither the series nor the value of a token, which together log a user in: a digest of the
 * series is the key, and the value and the user's name are encrypted with the series, since Spring Security compares
 * the value itself with that of the cookie. So a copy of the store is of no use without the cookies.
 *
 * <p>A token expires once it was not used for the validity. {@link #removeUserTokens} finds the tokens of a user by an
 * index, whose keys are digests of names. Thread-safe; errors are those of the store.
 *
 * @since 0.1
 */
public class KvPersistentTokenRepository implements PersistentTokenRepository {

    private static final int ATTEMPTS = 100;
    private static final int AT_ONCE = 1_000;
    private static final char SEPARATOR = ':';

    private final KvStore store;
    private final KvGroup<String> tokens;
    private final KvGroup<String> users;
    private final Expiry validity;

    /**
     * Creates a repository.
     *
     * @param groupPrefix of the names of the two groups, such as {@code security:remember-me-}
     * @param validity at least that of Spring Security's {@code rememberMe().tokenValiditySeconds}
     * @throws IllegalArgumentException if an argument is null, or the validity is not positive
     */
    public KvPersistentTokenRepository(KvStore store, String groupPrefix, Durability durability, Duration validity) {
        Assert.notNull(store, "store must not be null");
        Assert.notNull(groupPrefix, "groupPrefix must not be null");
        this.store = store;
        this.tokens = store.group(groupPrefix + "tokens").durability(durability);
        this.users = store.group(groupPrefix + "users").durability(durability);
        this.validity = Expiry.after(validity);
    }

    @Override
    public void createNewToken(PersistentRememberMeToken token) {
        KvBatch batch = store.batch().check(tokens, new Secret(token.getSeries()).key(), 0);
        put(batch, token);
        if (!batch.commit()) {
            throw new DuplicateKeyException("There is a remember-me token of that series already");
        }
    }

    @Override
    public void updateToken(String series, String tokenValue, Date lastUsed) {
        Secret secret = new Secret(series);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<KvEntry<String>> entry = tokens.entry(secret.key());
            Optional<PersistentRememberMeToken> token = entry.flatMap(found -> open(series, found.value()));
            if (entry.isEmpty() || token.isEmpty()) {
                return; // removed in the meantime: the user was logged out everywhere
            }
            KvBatch batch =
                    store.batch().check(tokens, secret.key(), entry.get().version());
            put(batch, new PersistentRememberMeToken(token.get().getUsername(), series, tokenValue, lastUsed));
            if (batch.commit()) {
                return;
            }
        }
        throw new OptimisticLockingFailureException(
                "A remember-me token was not updated, because others have changed it " + ATTEMPTS + " times");
    }

    private void put(KvBatch batch, PersistentRememberMeToken token) {
        Secret secret = new Secret(token.getSeries());
        String key = secret.key();
        batch.set(tokens, key, secret.seal(RememberedLogin.toText(token)), validity);
        batch.set(users, Secret.digestOf(token.getUsername()) + SEPARATOR + key, "", validity);
    }

    @Override
    public @Nullable PersistentRememberMeToken getTokenForSeries(String seriesId) {
        return tokens.get(new Secret(seriesId).key())
                .flatMap(stored -> open(seriesId, stored))
                .orElse(null);
    }

    private static Optional<PersistentRememberMeToken> open(String series, String stored) {
        return new Secret(series).open(stored).map(text -> RememberedLogin.fromText(series, text));
    }

    @Override
    public void removeUserTokens(String username) {
        String prefix = Secret.digestOf(username) + SEPARATOR;
        KvRange some = KvRange.prefix(prefix).limit(AT_ONCE);
        for (List<String> keys = users.keys(some).toList();
                !keys.isEmpty();
                keys = users.keys(some).toList()) {
            KvBatch batch = store.batch();
            for (String key : keys) {
                batch.delete(tokens, key.substring(prefix.length()));
                batch.delete(users, key);
            }
            batch.commit();
        }
    }
}
