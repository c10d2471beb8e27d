/** Durable key-value state: the API of the store, independent of its engine. */
@NullMarked
package dev.kvstore;

import org.jspecify.annotations.NullMarked;
