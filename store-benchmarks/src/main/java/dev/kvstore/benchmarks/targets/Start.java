package dev.kvstore.benchmarks.targets;

import java.util.List;

/** The start of an application, which this command does not measure, because it needs whole applications. */
record Start() implements Measured {

    private static final Goal START = Goal.none("start time that the starter adds to an application");

    @Override
    public List<Line> measure() {
        return List.of(Line.notMeasured(START, "see [below](#the-start-of-an-application)"));
    }
}
