package dev.kvstore.benchmarks.targets;

import java.util.List;

/** Targets that are not measured by this command. */
record Elsewhere() implements Measured {

    private static final Goal START = Goal.none("start of an application");
    private static final Goal CACHE = Goal.none("`get` from a near cache");

    @Override
    public List<Line> measure() {
        return List.of(
                Line.notMeasured(START, "measured with the applications themselves"),
                Line.notMeasured(CACHE, "there is no near cache"));
    }
}
