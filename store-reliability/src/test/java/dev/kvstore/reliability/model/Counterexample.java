package dev.kvstore.reliability.model;

import dev.kvstore.reliability.model.Trial.Mismatch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shortest sequence of operations of a seed after which a store and the model differ. */
record Counterexample(Variant variant, long seed, int count, List<ModelOperation> operations, Mismatch mismatch) {

    static Optional<Counterexample> find(Variant variant, long seed, int count) {
        List<ModelOperation> all = Generator.operations(seed, count, variant.stores());
        return Trial.run(variant, all).map(first -> {
            List<ModelOperation> shrunk = Shrinking.shrink(
                    all.subList(0, first.index() + 1),
                    fewer -> Trial.run(variant, fewer).isPresent());
            Mismatch last = Trial.run(variant, shrunk).orElse(first);
            return new Counterexample(variant, seed, count, shrunk, last);
        });
    }

    @Override
    public String toString() {
        return """
                The store (%s) and the model differ.
                %s
                after
                %s
                Repeat with: mvn verify -pl store-reliability -am -Dtest=ModelTest \
                -Dsurefire.failIfNoSpecifiedTests=false -Dmodel.seed=%d -Dmodel.trial=%d""".formatted(
                        variant.name(),
                        mismatch,
                        operations.stream().map(o -> "  " + o).collect(Collectors.joining("\n")),
                        seed,
                        count);
    }
}
