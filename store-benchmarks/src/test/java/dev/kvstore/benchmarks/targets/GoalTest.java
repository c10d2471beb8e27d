package dev.kvstore.benchmarks.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {

    private final Goal time = Goal.atMost("a time", 1.3, 1.1, "× its time");
    private final Goal throughput = Goal.atLeast("a throughput", 4, 8, "× its throughput");

    @Test
    void aTimeMustNotExceedTheBound() {
        assertThat(time.judged(1.1)).isEqualTo("1.10 × its time, aim met");
        assertThat(time.judged(1.2)).isEqualTo("1.20 × its time, met");
        assertThat(time.judged(1.31)).isEqualTo("1.31 × its time, **missed**");
        assertThat(time.worst(1.1, 1.4, 1.2)).isEqualTo(1.4);
    }

    @Test
    void aThroughputMustNotBeBelowTheBound() {
        assertThat(throughput.judged(8)).isEqualTo("8.00 × its throughput, aim met");
        assertThat(throughput.judged(7)).isEqualTo("7.00 × its throughput, met");
        assertThat(throughput.judged(3.9)).isEqualTo("3.90 × its throughput, **missed**");
        assertThat(throughput.worst(8, 5, 6)).isEqualTo(5);
    }

    @Test
    void aMeasurementWithoutGoalIsNotJudged() {
        assertThat(Goal.none("a time").boundText()).isEmpty();
        assertThat(Goal.none("a time").aimText()).isEmpty();
    }
}
