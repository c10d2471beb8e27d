package dev.kvstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An expiry says never, keep, after or at; an engine sees which. */
class ExpiryKindsTest {

    @Test
    void eachFactoryReturnsItsKind() {
        Duration ttl = Duration.ofNanos(1);

        assertThat(Expiry.never()).isEqualTo(new Expiry.Never());
        assertThat(Expiry.keep()).isEqualTo(new Expiry.Keep());
        assertThat(Expiry.after(ttl)).isEqualTo(new Expiry.After(ttl));
        assertThat(Expiry.at(Instant.EPOCH)).isEqualTo(new Expiry.At(Instant.EPOCH));
    }

    @Test
    void thereAreNoOtherKinds() {
        assertThat(Expiry.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(Expiry.Never.class, Expiry.Keep.class, Expiry.After.class, Expiry.At.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1H"})
    void aTtlMustBePositive(Duration ttl) {
        assertThatIllegalArgumentException().isThrownBy(() -> Expiry.after(ttl)).withMessage("ttl must be positive");
    }

    @Test
    void theLongestTtlAndThePastAreLeftToTheClockOfTheStore() {
        assertThat(Expiry.after(Duration.ofSeconds(Long.MAX_VALUE))).isNotNull();
        assertThat(Expiry.at(Instant.MIN)).isNotNull();
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expiry.after(null))
                .withMessage("ttl must not be null");
        assertThatIllegalArgumentException().isThrownBy(() -> Expiry.at(null)).withMessage("instant must not be null");
    }
}
