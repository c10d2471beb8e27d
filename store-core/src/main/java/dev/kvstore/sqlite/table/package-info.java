/**
 * The tables of a store: the schema and its migrations, files of go-store, and the operations in SQLite's SQL. No
 * API of applications.
 */
@NullMarked
package dev.kvstore.sqlite.table;

import org.jspecify.annotations.NullMarked;
