package dev.kvstore.benchmarks.targets;

import java.util.List;

/** Some of the targets, which are measured together. */
interface Measured {

    List<Line> measure();
}
