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
 * @param score operations a second, as JMH sums them or by the clock; for latencies, the 99th percentile in microseconds
 * @param error half the 99.9 % confidence interval, in per cent; NaN for latencies, by the clock, and where there are too few figures
 * @param bytes how much an operation allocated on the heap
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
     * JMH sums the rates of the threads, each over the time from its own beginning: where a thread starves, begins late
     * and then runs alone, the sum is more than was done. What was allocated in a second, divided by what an operation
     * allocates, is what was done in a second by the clock; where the sum is far above, that stands in its place.
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
