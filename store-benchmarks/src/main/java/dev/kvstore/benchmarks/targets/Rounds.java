package dev.kvstore.benchmarks.targets;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What several contenders did in turns: a disk or a processor that is slow for a while is slow for all of them, so that
 * the ratios of a round hold.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rounds(double[][] figures) {

    /** Measures each contender once a round; the warm-ups are not kept. */
    static <T> Rounds of(Scale scale, List<T> contenders, ToDoubleFunction<T> measurement) {
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
        return new Rounds(figures);
    }

    double median(int contender) {
        return median(figures[contender]);
    }

    /** The median over the rounds of what one contender did by what another did. */
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
