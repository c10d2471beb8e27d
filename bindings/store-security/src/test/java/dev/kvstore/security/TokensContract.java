package dev.kvstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.secrets.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.web.authentication.rememberme.PersistentRememberMeToken;

/** What the tokens promise, whatever the engine of the store. */
abstract class TokensContract {

    private static final String ADA = "ada " + Secrets.VALUE;
    private static final String GRACE = "grace " + Secrets.VALUE;
    private static final String PREFIX = "security:remember-me-";
    private static final Date EARLY = Date.from(Instant.ofEpochMilli(1_234_567));
    private static final Date LATE = Date.from(Instant.ofEpochMilli(2_000_000));
    private static final Date NOW = Date.from(Instant.EPOCH);
    private static final Duration VALIDITY = Duration.ofDays(14);

    private final MovedClock clock = new MovedClock();
    private KvStore store;

    abstract KvStore openStore(InstantSource clock);

    abstract void closeStore(KvStore store);

    @BeforeEach
    void open() {
        store = openStore(clock);
    }

    @AfterEach
    void close() {
        closeStore(store);
    }

    /** Everything that is in the store. */
    private String contents() {
        StringBuilder contents = new StringBuilder();
        store.groups("").forEach(group -> contents.append(group).append(store.getAll(group)));
        return contents.toString();
    }

    @Nested
    class OneTime {

        private KvOneTimeTokenService service;

        @BeforeEach
        void create() {
            service = new KvOneTimeTokenService(store, "security:one-time-tokens", Durability.FULL, clock);
        }

        private OneTimeToken generated() {
            return Objects.requireNonNull(
                    service.generate(new GenerateOneTimeTokenRequest(ADA, Duration.ofMinutes(5))));
        }

        private OneTimeTokenAuthenticationToken presented(String value) {
            return new OneTimeTokenAuthenticationToken(value);
        }

        @Test
        void aTokenIsConsumedWithTheNameOfItsUser() {
            OneTimeToken token = generated();

            OneTimeToken consumed = Objects.requireNonNull(service.consume(presented(token.getTokenValue())));
            assertThat(consumed.getUsername()).isEqualTo(ADA);
            assertThat(consumed.getTokenValue()).isEqualTo(token.getTokenValue());
            assertThat(Duration.between(token.getExpiresAt(), consumed.getExpiresAt())
                            .abs())
                    .isLessThan(Duration.ofMillis(1));
        }

        @Test
        void aTokenSaysWhenItExpires() {
            assertThat(generated().getExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
        }

        @Test
        void aTokenIsConsumedOnce() {
            OneTimeToken token = generated();
            service.consume(presented(token.getTokenValue()));

            assertThat(service.consume(presented(token.getTokenValue()))).isNull();
            assertThat(store.groups("")).isEmpty();
        }

        @Test
        void eachTokenIsAnother() {
            assertThat(generated().getTokenValue()).isNotEqualTo(generated().getTokenValue());
        }

        @Test
        void anUnknownTokenIsNotConsumed() {
            generated();

            for (String unknown : List.of("unknown", "", "\ud800", "x".repeat(100_000))) {
                assertThat(service.consume(presented(unknown))).isNull();
            }
        }

        @Test
        void anExpiredTokenIsNotConsumed() {
            OneTimeToken token = generated();
            clock.move(Duration.ofMinutes(5).plusMillis(1));

            assertThat(service.consume(presented(token.getTokenValue()))).isNull();
            store.purgeExpired();
            assertThat(contents()).isEmpty();
        }

        @Test
        void oneOfManyCallersConsumesAToken() throws Exception {
            ExecutorService callers = Executors.newFixedThreadPool(8);
            try {
                for (int round = 0; round < 10; round++) {
                    String value = generated().getTokenValue();
                    Callable<Boolean> caller = () -> service.consume(presented(value)) != null;
                    int winners = 0;
                    for (Future<Boolean> call : callers.invokeAll(Collections.nCopies(8, caller))) {
                        winners += call.get() ? 1 : 0;
                    }
                    assertThat(winners).isEqualTo(1);
                }
            } finally {
                callers.shutdownNow();
            }
        }

        @Test
        void theStoreContainsNeitherTheTokenNorTheUser() {
            OneTimeToken token = generated();

            assertThat(contents())
                    .contains("security:one-time-tokens")
                    .doesNotContain(token.getTokenValue())
                    .doesNotContain(Secrets.VALUE);
        }
    }

    @Nested
    class RememberMe {

        private KvPersistentTokenRepository repository;

        @BeforeEach
        void create() {
            repository = new KvPersistentTokenRepository(store, PREFIX, Durability.FULL, VALIDITY);
        }

        private PersistentRememberMeToken created(String user, String series) {
            PersistentRememberMeToken token = new PersistentRememberMeToken(user, series, Secrets.VALUE + "==", EARLY);
            repository.createNewToken(token);
            return token;
        }

        private PersistentRememberMeToken find(String series) {
            return Objects.requireNonNull(repository.getTokenForSeries(series), "the token is absent");
        }

        @Test
        void aTokenIsFoundByItsSeriesAsItWasCreated() {
            created(ADA, "series" + Secrets.VALUE);

            assertThat(find("series" + Secrets.VALUE))
                    .usingRecursiveComparison()
                    .isEqualTo(
                            new PersistentRememberMeToken(ADA, "series" + Secrets.VALUE, Secrets.VALUE + "==", EARLY));
        }

        @Test
        void namesAndValuesWithEveryKindOfCharacterAreKept() {
            repository.createNewToken(new PersistentRememberMeToken("a:1:é😀\u0000", "s", "1:2:", NOW));

            assertThat(find("s").getUsername()).isEqualTo("a:1:é😀\u0000");
            assertThat(find("s").getTokenValue()).isEqualTo("1:2:");
        }

        @Test
        void anUnknownSeriesIsAbsent() {
            created(ADA, "series");

            assertThat(repository.getTokenForSeries("other")).isNull();
        }

        @Test
        void aSeriesIsCreatedOnce() {
            created(ADA, "series" + Secrets.VALUE);

            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(() -> created(GRACE, "series" + Secrets.VALUE))
                    .satisfies(thrown -> assertThat(Secrets.textOf(thrown)).doesNotContain(Secrets.VALUE));
            assertThat(find("series" + Secrets.VALUE).getUsername()).isEqualTo(ADA);
        }

        @Test
        void anUpdateReplacesValueAndDateAndKeepsTheUser() {
            created(ADA, "series");
            repository.updateToken("series", "new", LATE);

            assertThat(find("series"))
                    .usingRecursiveComparison()
                    .isEqualTo(new PersistentRememberMeToken(ADA, "series", "new", LATE));
        }

        @Test
        void anUpdateOfATokenThatWasRemovedDoesNotBringItBack() {
            created(ADA, "series");
            repository.removeUserTokens(ADA);
            repository.updateToken("series", "new", NOW);

            assertThat(repository.getTokenForSeries("series")).isNull();
            assertThat(store.groups("")).isEmpty();
        }

        @Test
        void theTokensOfAUserAreRemovedAndThoseOfOthersKept() {
            created(ADA, "one");
            created(ADA, "two");
            created(GRACE, "three");
            repository.removeUserTokens(ADA);

            assertThat(repository.getTokenForSeries("one")).isNull();
            assertThat(repository.getTokenForSeries("two")).isNull();
            assertThat(find("three").getUsername()).isEqualTo(GRACE);
            assertThat(store.count(PREFIX + "users")).isEqualTo(1);
        }

        @Test
        void aUserWithoutTokensIsRemovedWithoutAnError() {
            created(GRACE, "series");
            repository.removeUserTokens("");
            repository.removeUserTokens(ADA);

            assertThat(find("series")).isNotNull();
        }

        @Test
        void aTokenExpiresOnceItWasNotUsedForTheValidity() {
            created(ADA, "series");
            clock.move(VALIDITY.minusMillis(1));
            repository.updateToken("series", "new", NOW);
            clock.move(VALIDITY.minusMillis(1));
            assertThat(find("series").getTokenValue()).isEqualTo("new");
            assertThat(store.count(PREFIX + "users")).isEqualTo(1);
            clock.move(Duration.ofMillis(2));

            assertThat(repository.getTokenForSeries("series")).isNull();
            assertThat(store.purgeExpired()).isEqualTo(2);
        }

        @Test
        void theStoreContainsNeitherSeriesNorValueNorUser() {
            created(ADA, "series" + Secrets.VALUE);

            assertThat(contents())
                    .contains(PREFIX)
                    .doesNotContain(Secrets.VALUE)
                    .doesNotContain("series");
        }

        @Test
        void aValueThatWasTamperedWithIsAbsent() {
            created(ADA, "series");
            created(ADA, "other");
            List<String> keys = List.copyOf(store.getAll(PREFIX + "tokens").keySet());
            store.set(PREFIX + "tokens", keys.get(0), store.require(PREFIX + "tokens", keys.get(1)));
            store.set(PREFIX + "tokens", keys.get(1), "short");

            assertThat(repository.getTokenForSeries("series")).isNull();
            assertThat(repository.getTokenForSeries("other")).isNull();
        }
    }
}
