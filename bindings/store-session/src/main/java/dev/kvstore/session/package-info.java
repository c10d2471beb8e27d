/** Spring Session's sessions in a {@link dev.kvstore.KvStore}. */
@NullMarked
package dev.kvstore.session;

import org.jspecify.annotations.NullMarked;
