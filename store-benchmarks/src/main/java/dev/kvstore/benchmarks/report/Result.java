package dev.kvstore.benchmarks.report;

import dev.kvstore.benchmarks.contender.Target;
import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * The result of one target with one number of threads.
 *
 * @param section the operation and the storage; results of one section are compared
 * @param score operations per second, as the sum of JMH or by the clock; for latencies, the 99th percentile in
 *     microseconds
 * @param error half the 99.9 % confidence interval, in per cent; NaN for latencies, for throughput by the clock, and
 *     with too few samples
 * @param bytes the heap allocation per operation
 */
record Result(Section section, Target target, int threads, double score, double error, double bytes) {

    private static final String BYTES = "gc.alloc.rate.norm";
    private static final String MEGABYTES_A_SECOND = "gc.alloc.rate";
    private static final double MOST_ABOVE_THE_CLOCK = 1.5;

    static Result of(RunResult run) {
        BenchmarkParams params = run.getParams();
        Target target = Target.parse(params.getParam("target"));
        boolean latency = params.getMode() == Mode.SampleTime;
        double sum = run.getPrimaryResult().getScore();
        double byTheClock = secondary(run, MEGABYTES_A_SECOND) * 0x1p20 / secondary(run, BYTES);
        double score = latency ? run.getPrimaryResult().getStatistics().getPercentile(99) : believable(sum, byTheClock);
        double error = latency || score < sum
                ? Double.NaN
                : 100 * run.getPrimaryResult().getScoreError() / score;
        return new Result(
                new Section(method(params), entries(params), target.storage(), latency),
                target,
                params.getThreads(),
                score,
                error,
                secondary(run, BYTES));
    }

    /**
     * JMH adds up the rates of the threads, each from its own start: if a starving thread starts late and then runs
     * alone, the sum exceeds the real throughput. The allocation per second, divided by the allocation per operation,
     * is the throughput by the clock; if the sum is far above it, the latter replaces the sum.
     */
    static double believable(double sum, double byTheClock) {
        return sum > MOST_ABOVE_THE_CLOCK * byTheClock ? byTheClock : sum;
    }

    private static String method(BenchmarkParams params) {
        String name = params.getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static int entries(BenchmarkParams params) {
        Collection<String> names = params.getParamsKeys();
        return names.contains("entries") ? Integer.parseInt(params.getParam("entries")) : 0;
    }

    private static double secondary(RunResult run, String name) {
        for (String key : run.getSecondaryResults().keySet()) {
            if (key.endsWith(name)) {
                return Objects.requireNonNull(run.getSecondaryResults().get(key))
                        .getScore();
            }
        }
        return Double.NaN;
    }
}
