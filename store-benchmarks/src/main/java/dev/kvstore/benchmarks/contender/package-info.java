/** The measured stores behind one interface, each with the settings that its own documentation recommends. */
@NullMarked
package dev.kvstore.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
