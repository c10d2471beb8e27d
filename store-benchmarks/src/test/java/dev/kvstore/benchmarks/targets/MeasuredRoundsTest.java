package dev.kvstore.benchmarks.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredRoundsTest {

    /** The machine becomes ten times as slow for a while: the ratio of the medians is 4.0, that of each round 2.0. */
    @Test
    void aMachineThatIsSlowForAWhileDoesNotChangeTheRatio() {
        MeasuredRounds rounds = new MeasuredRounds(new double[][] {{20, 200, 40}, {10, 100, 10}});

        assertThat(rounds.ratio(0, 1)).isEqualTo(2);
        assertThat(rounds.median(0) / rounds.median(1)).isEqualTo(4);
    }

    @Test
    void contendersTakeTurnsAndWarmUpFirst() {
        List<String> turns = new ArrayList<>();

        MeasuredRounds.of(Scale.SMOKE, List.of("a", "b"), contender -> {
            turns.add(contender);
            return 1;
        });

        assertThat(turns).containsExactly("a", "b", "a", "b");
    }
}
