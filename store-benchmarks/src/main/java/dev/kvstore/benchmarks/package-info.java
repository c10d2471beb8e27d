/** Measures the store against the raw driver, the naive design and its peers. */
@NullMarked
package dev.kvstore.benchmarks;

import org.jspecify.annotations.NullMarked;
