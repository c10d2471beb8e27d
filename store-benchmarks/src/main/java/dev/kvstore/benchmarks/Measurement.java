package dev.kvstore.benchmarks;

import dev.kvstore.benchmarks.contender.Target;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * A benchmark method for several targets.
 *
 * @param benchmark class and method
 * @param targets the products and storages to measure
 * @param threads the numbers of concurrent threads, one run for each
 * @param entries the sizes of the groups, one run for each; empty for operations on single entries
 */
record Measurement(String benchmark, List<Target> targets, List<Integer> threads, List<Integer> entries) {

    static Measurement ofEntries(String method, List<Target> targets, List<Integer> threads) {
        return new Measurement("EntryBenchmark." + method, targets, threads, List.of());
    }

    static Measurement ofGroups(String method, List<Target> targets, List<Integer> threads, List<Integer> entries) {
        return new Measurement("GroupBenchmark." + method, targets, threads, entries);
    }

    ChainedOptionsBuilder options(int threadCount) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + benchmark.replace(".", "\\.") + "$")
                .threads(threadCount)
                .param("target", targets.stream().map(Target::toString).toArray(String[]::new));
        if (!entries.isEmpty()) {
            options.param("entries", entries.stream().map(String::valueOf).toArray(String[]::new));
        }
        return options;
    }
}
