/** The output of a run: tables, charts and the results as JSON. */
@NullMarked
package dev.kvstore.benchmarks.report;

import org.jspecify.annotations.NullMarked;
