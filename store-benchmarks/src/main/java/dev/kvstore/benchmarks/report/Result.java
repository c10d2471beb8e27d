package dev.kvstore.benchmarks.report;

import dev.kvstore.benchmarks.contender.Target;
import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * What one target did with one number of threads.
 *
 * @param section what it did, and on which storage: what is compared with one another
 * @param score operations a second; for latencies, the 99th percentile in microseconds
 * @param error half the 99.9 % confidence interval, in per cent; NaN for latencies and where there are too few figures
 * @param bytes how much an operation allocated on the heap
 */
record Result(Section section, Target target, int threads, double score, double error, double bytes) {

    static Result of(RunResult run) {
        BenchmarkParams params = run.getParams();
        Target target = Target.parse(params.getParam("target"));
        boolean latency = params.getMode() == Mode.SampleTime;
        double score = latency
                ? run.getPrimaryResult().getStatistics().getPercentile(99)
                : run.getPrimaryResult().getScore();
        double error = latency ? Double.NaN : 100 * run.getPrimaryResult().getScoreError() / score;
        return new Result(
                new Section(method(params), entries(params), target.storage(), latency),
                target,
                params.getThreads(),
                score,
                error,
                bytes(run));
    }

    private static String method(BenchmarkParams params) {
        String name = params.getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static int entries(BenchmarkParams params) {
        Collection<String> names = params.getParamsKeys();
        return names.contains("entries") ? Integer.parseInt(params.getParam("entries")) : 0;
    }

    private static double bytes(RunResult run) {
        for (String name : run.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return Objects.requireNonNull(run.getSecondaryResults().get(name))
                        .getScore();
            }
        }
        return Double.NaN;
    }
}
