package dev.kvstore.benchmarks.targets;

import java.util.Locale;

/** Formats measured figures; times are in nanoseconds. */
final class FigureFormat {

    private FigureFormat() {}

    /** Formats a number with its significant digits only. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }

    static String time(double nanos) {
        return nanos < 1e6 ? number(nanos / 1e3) + " µs" : number(nanos / 1e6) + " ms";
    }

    static String rate(double perSecond) {
        return number(perSecond) + "/s";
    }
}
