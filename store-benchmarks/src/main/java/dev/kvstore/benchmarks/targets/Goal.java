package dev.kvstore.benchmarks.targets;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A goal for a measurement.
 *
 * @param work the operation, and its reference
 * @param lessIsBetter whether the result is a time or a size and not a throughput
 * @param bound the required result
 * @param aim the desired result
 * @param unit the unit of the result
 */
record Goal(String work, boolean lessIsBetter, double bound, double aim, String unit) {

    static Goal atMost(String work, double bound, double aim, String unit) {
        return new Goal(work, true, bound, aim, unit);
    }

    static Goal atLeast(String work, double bound, double aim, String unit) {
        return new Goal(work, false, bound, aim, unit);
    }

    /** A measurement that is only reported, without a goal. */
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
        return FigureFormat.number(value) + " " + unit;
    }
}
