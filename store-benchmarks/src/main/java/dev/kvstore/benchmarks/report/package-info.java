/** What comes of a run: a table, charts and the results as JSON. */
@NullMarked
package dev.kvstore.benchmarks.report;

import org.jspecify.annotations.NullMarked;
