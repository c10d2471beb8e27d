/** Measures what the store promises to do at least, in minutes and within one process. */
@NullMarked
package dev.kvstore.benchmarks.targets;

import org.jspecify.annotations.NullMarked;
