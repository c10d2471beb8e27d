/** Measures the goals of the store, in minutes and within one process. */
@NullMarked
package dev.kvstore.benchmarks.targets;

import org.jspecify.annotations.NullMarked;
