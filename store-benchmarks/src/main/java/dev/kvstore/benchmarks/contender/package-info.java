/** What is measured: each store with the settings that its own documentation recommends, behind one interface. */
@NullMarked
package dev.kvstore.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
