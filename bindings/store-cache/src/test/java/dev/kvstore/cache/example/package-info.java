/** The example of docs/cache.md. */
@NullMarked
package dev.kvstore.cache.example;

import org.jspecify.annotations.NullMarked;
