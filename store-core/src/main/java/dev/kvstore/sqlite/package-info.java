/** The embedded engine: a store in one SQLite file, or in memory. */
@NullMarked
package dev.kvstore.sqlite;

import org.jspecify.annotations.NullMarked;
