package dev.kvstore.benchmarks.targets;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * What is to be reached.
 *
 * @param work what is done, and against what
 * @param lessIsBetter whether the result is a time or a size, not a throughput
 * @param bound what must be reached
 * @param aim what should be
 * @param unit what the figures are
 */
record Goal(String work, boolean lessIsBetter, double bound, double aim, String unit) {

    static Goal atMost(String work, double bound, double aim, String unit) {
        return new Goal(work, true, bound, aim, unit);
    }

    static Goal atLeast(String work, double bound, double aim, String unit) {
        return new Goal(work, false, bound, aim, unit);
    }

    /** What is only reported: nothing is promised. */
    static Goal none(String work) {
        return new Goal(work, true, Double.NaN, Double.NaN, "");
    }

    String boundText() {
        return text(bound);
    }

    String aimText() {
        return text(aim);
    }

    private String text(double value) {
        return Double.isNaN(value) ? "" : (lessIsBetter ? "≤ " : "≥ ") + withUnit(value);
    }

    String judged(double result) {
        String verdict = reached(result, aim) ? "aim met" : reached(result, bound) ? "met" : "**missed**";
        return withUnit(result) + ", " + verdict;
    }

    double worst(double... results) {
        DoubleStream stream = Arrays.stream(results);
        return (lessIsBetter ? stream.max() : stream.min()).orElseThrow();
    }

    private boolean reached(double result, double value) {
        return lessIsBetter ? result <= value : result >= value;
    }

    private String withUnit(double value) {
        return Figures.number(value) + " " + unit;
    }
}
