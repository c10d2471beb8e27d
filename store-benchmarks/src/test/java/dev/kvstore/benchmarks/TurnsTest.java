package dev.kvstore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.ThreadParams;

class TurnsTest {

    @Test
    void aKeyNeverGetsTheSameValueTwiceInARow() {
        Turns turns = new Turns();
        turns.prepare(new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1));
        Map<Integer, String> values = new HashMap<>();

        for (int i = 0; i < 5 * Entries.COUNT; i++) {
            String value = turns.nextText();
            assertThat(value).hasSize(100).isNotEqualTo(values.put(turns.nextWritten(), value));
        }

        assertThat(values).hasSize(Entries.COUNT);
    }

    @Test
    void noTwoThreadsShareAValue() {
        Set<String> values = new HashSet<>(Set.of(BenchmarkValues.of(1)));

        assertThat(BenchmarkValues.of(2)).doesNotContainAnyElementsOf(values);
    }

    @Test
    void thereAreTenThousandEntries() {
        Entries entries = new Entries();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Entries.COUNT; i++) {
            names.add(entries.groupAt(i) + "/" + entries.keyAt(i));
        }

        assertThat(names).hasSize(Entries.COUNT);
    }
}
