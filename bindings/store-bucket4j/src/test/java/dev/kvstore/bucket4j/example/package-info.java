/** The examples of docs/rate-limits.md. */
@NullMarked
package dev.kvstore.bucket4j.example;

import org.jspecify.annotations.NullMarked;
