/**
 * The file of a store, from outside: its path, its names, its identity while it is open, and why it cannot be
 * opened. Knows no SQL. No API of applications.
 */
@NullMarked
package dev.kvstore.sqlite.file;

import org.jspecify.annotations.NullMarked;
