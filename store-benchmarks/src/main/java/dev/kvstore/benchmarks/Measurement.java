package dev.kvstore.benchmarks;

import dev.kvstore.benchmarks.contender.Target;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * One piece of work, to be done by several targets.
 *
 * @param benchmark class and method
 * @param targets who does it
 * @param threads how many threads do it at once, one run for each
 * @param entries how large the groups are, one run for each; none for work on single entries
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
