package dev.kvstore.benchmarks.targets;

import java.util.List;

/** The start of an application, which this command does not measure: it takes whole applications. */
record Start() implements Measured {

    private static final Goal START = Goal.none("what the starter adds to the start of an application");

    @Override
    public List<Line> measure() {
        return List.of(Line.notMeasured(START, "see [below](#the-start-of-an-application)"));
    }
}
