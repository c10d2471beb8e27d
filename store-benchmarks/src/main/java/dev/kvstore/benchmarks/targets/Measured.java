package dev.kvstore.benchmarks.targets;

import java.util.List;

/** A set of targets that are measured together. */
interface Measured {

    List<Line> measure();
}
