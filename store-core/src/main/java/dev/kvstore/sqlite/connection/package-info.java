/**
 * Connections to one SQLite database: how they are opened, what they keep, who reads, and what SQLite's errors
 * mean. No API of applications.
 */
@NullMarked
package dev.kvstore.sqlite.connection;

import org.jspecify.annotations.NullMarked;
