/** Rate limits of Bucket4j in a {@link dev.kvstore.KvStore}, and a servlet filter that applies them. */
@NullMarked
package dev.kvstore.bucket4j;

import org.jspecify.annotations.NullMarked;
