package dev.kvstore.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {

    @Test
    void aSumOfRatesNearTheThroughputByTheClockIsKept() {
        assertThat(Result.believable(11_000, 10_000)).isEqualTo(11_000);
    }

    /** A sum from a run in which one thread of 32 ran alone for the rest of a second. */
    @Test
    void aSumFarAboveTheThroughputByTheClockIsReplaced() {
        assertThat(Result.believable(174_000, 10_000)).isEqualTo(10_000);
    }

    @Test
    void withoutAThroughputByTheClockTheSumIsKept() {
        assertThat(Result.believable(174_000, Double.NaN)).isEqualTo(174_000);
    }
}
