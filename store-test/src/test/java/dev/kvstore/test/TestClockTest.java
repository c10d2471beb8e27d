package dev.kvstore.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestClockTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void itStandsStillUntilItIsAdvancedAndCanBeReset() {
        TestClock clock = TestClock.standingAt(START);

        clock.advance(Duration.ofHours(1));
        clock.advance(Duration.ofMinutes(-1));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(59)));

        clock.setTo(START.minusSeconds(5));
        assertThat(clock.instant()).isEqualTo(START.minusSeconds(5));

        clock.reset();
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void aRunningClockContinuesAfterItWasAdvanced() {
        TestClock clock = TestClock.running();
        Instant before = Instant.now();

        clock.advance(Duration.ofDays(1));

        assertThat(clock.instant())
                .isBetween(before.plus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(1)));
    }
}
