/** Spring Security's one-time and remember-me tokens in a {@link dev.kvstore.KvStore}. */
@NullMarked
package dev.kvstore.security;

import org.jspecify.annotations.NullMarked;
