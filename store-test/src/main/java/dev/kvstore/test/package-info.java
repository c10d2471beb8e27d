/** A store for each test, and a clock to move. */
@org.jspecify.annotations.NullMarked
package dev.kvstore.test;
