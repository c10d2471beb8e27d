/** Locks of ShedLock in a {@link dev.kvstore.KvStore}. */
@NullMarked
package dev.kvstore.shedlock;

import org.jspecify.annotations.NullMarked;
