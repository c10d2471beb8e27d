package dev.kvstore.reliability.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model test finds bugs, and shrinks the failing sequences to a readable size. */
class PlantedBugTest {

    private static final long SEED = 1;
    private static final int SEEDS = 100;
    private static final int TRIAL = 2_000;
    private static final int FEW = 6;

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsFoundAndTheCaseIsSmall(PlantedBug bug) {
        Counterexample found = find(bug.variant());

        assertThat(found.operations()).hasSizeLessThanOrEqualTo(FEW);
        assertThat(found.toString())
                .contains("expected: ", "actual: ", "-Dmodel.seed=" + found.seed(), bug.name())
                .contains(found.operations().get(0).toString());
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedBugOfAGroupIsFoundAndTheCaseIsSmall(PlantedGroupBug bug) {
        Counterexample found = find(Variant.MEMORY.wrapped(bug.name(), bug));

        assertThat(found.operations()).hasSizeLessThanOrEqualTo(FEW);
        assertThat(found.toString()).contains(found.operations().get(0).toString());
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedBugOfLeasesIsFoundAndTheCaseIsSmall(PlantedLeaseBug bug) {
        Counterexample found = find(bug.variant());

        assertThat(found.operations()).hasSizeLessThanOrEqualTo(FEW);
    }

    @Test
    void aReadThatMissesAWriteOfAnotherStoreIsFound() {
        Counterexample found = find(Variant.TWO_STORES.wrapped("stale cache", StaleCache::new));

        assertThat(found.operations()).hasSizeLessThanOrEqualTo(FEW);
        assertThat(found.operations()).extracting(ModelOperation::store).contains(0, 1);
    }

    @Test
    void aSeedRepeatsItsOperations() {
        assertThat(Generator.operations(7, TRIAL, 2)).isEqualTo(Generator.operations(7, TRIAL, 2));
        assertThat(Generator.operations(7, TRIAL, 2)).isNotEqualTo(Generator.operations(8, TRIAL, 2));
    }

    @Test
    void shrinkingKeepsTheNeededOperationsInOrder() {
        List<Long> all = LongStream.range(0, 1_000).boxed().toList();

        assertThat(Shrinking.shrink(all, some -> some.containsAll(List.of(3L, 500L, 999L))))
                .containsExactly(3L, 500L, 999L);
    }

    private static Counterexample find(Variant variant) {
        Optional<Counterexample> found = LongStream.range(SEED, SEED + SEEDS)
                .mapToObj(seed -> Counterexample.find(variant, seed, TRIAL))
                .flatMap(Optional::stream)
                .findFirst();
        return found.orElseThrow(() -> new AssertionError("Not found: " + variant.name()));
    }

    /** Sees its own writes and the passing of time, but no write of another store. */
    private static final class StaleCache extends ForwardingKvStore {

        private final Map<String, String> read = new HashMap<>();

        StaleCache(KvStore kv) {
            super(kv);
        }

        @Override
        public Optional<String> get(String group, String key) {
            Optional<String> live = kv.get(group, key);
            return live.map(value -> read.computeIfAbsent(group + "/" + key, first -> value));
        }

        @Override
        public void set(String group, String key, String value) {
            kv.set(group, key, value);
            read.clear();
        }

        @Override
        public void set(String group, String key, String value, Duration ttl) {
            kv.set(group, key, value, ttl);
            read.clear();
        }
    }
}
