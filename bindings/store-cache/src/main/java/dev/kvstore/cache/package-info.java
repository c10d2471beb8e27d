/** Caches of Spring in a {@link dev.kvstore.KvStore}. */
@NullMarked
package dev.kvstore.cache;

import org.jspecify.annotations.NullMarked;
