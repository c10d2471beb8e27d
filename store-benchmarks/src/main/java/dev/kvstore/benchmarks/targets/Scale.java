package dev.kvstore.benchmarks.targets;

import java.time.Duration;

/** The scale of a run: {@code FULL} takes minutes, {@code SMOKE} only shows that everything runs. */
public enum Scale {
    FULL(1, 15, Duration.ofMillis(500)),
    SMOKE(1000, 1, Duration.ofMillis(20));

    private final int divisor;
    private final int rounds;
    private final Duration window;

    Scale(int divisor, int rounds, Duration window) {
        this.divisor = divisor;
        this.rounds = rounds;
        this.window = window;
    }

    /** Scales a number of rows or operations. */
    int of(int count) {
        return Math.max(10, count / divisor);
    }

    /** The number of rounds, after about half as many warm-up rounds. */
    int rounds() {
        return rounds;
    }

    /** The measured time of a round with several threads. */
    Duration window() {
        return window;
    }
}
