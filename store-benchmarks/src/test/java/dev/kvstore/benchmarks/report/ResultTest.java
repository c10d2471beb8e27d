package dev.kvstore.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {

    @Test
    void aSumOfRatesIsBelievedThatTheClockBearsOut() {
        assertThat(Result.believable(11_000, 10_000)).isEqualTo(11_000);
    }

    /** What was summed when one thread of 32 ran alone for the rest of a second. */
    @Test
    void aSumFarAboveTheClockIsNot() {
        assertThat(Result.believable(174_000, 10_000)).isEqualTo(10_000);
    }

    @Test
    void withoutAClockTheSumStands() {
        assertThat(Result.believable(174_000, Double.NaN)).isEqualTo(174_000);
    }
}
