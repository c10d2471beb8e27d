/** Durable key-value state: what an application sees of the store. */
@NullMarked
package dev.kvstore;

import org.jspecify.annotations.NullMarked;
