package dev.kvstore.benchmarks.targets;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The results of several contenders that take turns: a disk or processor that is slow for a while is slow for all of
 * them, so that the ratios of a round stay valid.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MeasuredRounds(double[][] figures) {

    /** Measures each contender once per round; warm-up rounds are discarded. */
    static <T> MeasuredRounds of(Scale scale, List<T> contenders, ToDoubleFunction<T> measurement) {
        int warmups = (scale.rounds() + 1) / 2;
        double[][] figures = new double[contenders.size()][scale.rounds()];
        for (int round = -warmups; round < scale.rounds(); round++) {
            for (int i = 0; i < contenders.size(); i++) {
                double figure = measurement.applyAsDouble(contenders.get(i));
                if (round >= 0) {
                    figures[i][round] = figure;
                }
            }
        }
        return new MeasuredRounds(figures);
    }

    double median(int contender) {
        return median(figures[contender]);
    }

    /** The median over the rounds of the ratio of two contenders. */
    double ratio(int contender, int other) {
        double[] ratios = new double[figures[contender].length];
        Arrays.setAll(ratios, round -> figures[contender][round] / figures[other][round]);
        return median(ratios);
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
