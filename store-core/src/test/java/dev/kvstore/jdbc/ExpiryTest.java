package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {

    @Test
    void aTtlBeyondWhatAnInstantCanCountNeverExpires() {
        assertThat(Expiry.after(Duration.ofSeconds(Long.MAX_VALUE), InstantSource.system()))
                .isNull();
    }

    @Test
    void anInstantBeyondWhatMillisecondsCanCountNeverExpires() {
        assertThat(Expiry.after(Duration.ofSeconds(1), InstantSource.fixed(Instant.MAX.minusSeconds(2))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(classes = {DateTimeException.class, ArithmeticException.class})
    void anExceptionOfTheClockReachesTheCaller(Class<? extends RuntimeException> kind) throws Exception {
        RuntimeException failure = kind.getConstructor(String.class).newInstance("no time");
        InstantSource failing = () -> {
            throw failure;
        };

        assertThatExceptionOfType(kind)
                .isThrownBy(() -> Expiry.after(Duration.ofSeconds(1), failing))
                .isSameAs(failure);
    }
}
