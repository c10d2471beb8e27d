/** The example of docs/locks.md. */
@NullMarked
package dev.kvstore.shedlock.example;

import org.jspecify.annotations.NullMarked;
