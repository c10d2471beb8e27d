/** Auto-configuration of a {@link dev.kvstore.KvStore} for Spring Boot. */
@NullMarked
package dev.kvstore.autoconfigure;

import org.jspecify.annotations.NullMarked;
