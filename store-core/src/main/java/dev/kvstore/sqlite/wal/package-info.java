/**
 * The write-ahead log (WAL): checkpoints, its growth, and when it starts over. No API of applications.
 */
@NullMarked
package dev.kvstore.sqlite.wal;

import org.jspecify.annotations.NullMarked;
