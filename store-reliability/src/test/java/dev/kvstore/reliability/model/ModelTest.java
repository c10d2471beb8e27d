package dev.kvstore.reliability.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.reliability.ClassFindings;
import dev.kvstore.reliability.Effort;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A store returns the same results as the model for every sequence of calls. Each trial uses a new store and a sequence
 * derived from a seed; {@code -Dmodel.seed}, {@code -Dmodel.trial} and {@code -Dmodel.operations} set the first seed,
 * the length of a trial and the total number of operations.
 */
class ModelTest {

    static final List<Variant> VARIANTS = Variant.ALL;

    private static final int TRIAL = Integer.getInteger("model.trial", Effort.of(2_000, 10_000));
    private static final int OPERATIONS = Integer.getInteger("model.operations", Effort.of(100_000, 10_000_000));
    private static final long SEED =
            Long.getLong("model.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));

    @RegisterExtension
    static final ClassFindings FIGURES = new ClassFindings("model");

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void aStoreBehavesLikeTheModel(Variant variant) {
        long trials = Math.max(1, (long) OPERATIONS * variant.share() / 100 / TRIAL);
        for (long seed = SEED; seed < SEED + trials; seed++) {
            assertThat(Counterexample.find(variant, seed, TRIAL)).isEmpty();
        }
        FIGURES.add("- %s: %,d operations in trials of %,d, seeds from %d: no difference from the model."
                .formatted(variant.name(), trials * TRIAL, TRIAL, SEED));
    }
}
