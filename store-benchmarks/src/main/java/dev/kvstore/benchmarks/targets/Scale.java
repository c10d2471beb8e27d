package dev.kvstore.benchmarks.targets;

import java.time.Duration;

/** How much is measured: {@code FULL} takes minutes, {@code SMOKE} only shows that everything runs. */
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

    /** A number of rows or of operations. */
    int of(int count) {
        return Math.max(10, count / divisor);
    }

    /** How many rounds count; about half as many warm up before. */
    int rounds() {
        return rounds;
    }

    /** For how long several threads are watched in a round. */
    Duration window() {
        return window;
    }
}
