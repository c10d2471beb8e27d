package dev.kvstore.benchmarks.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void aPercentileCountsAllAddedLatencies() {
        Latencies all = new Latencies();
        all.addAll(of(3, 1, 2));
        all.addAll(of(5, 4));

        assertThat(all.percentile(50)).isEqualTo(3);
        assertThat(all.percentile(80)).isEqualTo(4);
        assertThat(all.percentile(99)).isEqualTo(5);
        assertThat(all.longest()).isEqualTo(5);
    }

    private static Latencies of(long... nanos) {
        Latencies latencies = new Latencies();
        for (long each : nanos) {
            latencies.add(each);
        }
        return latencies;
    }
}
