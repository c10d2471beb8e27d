/** A store for each test, and a test clock. */
@org.jspecify.annotations.NullMarked
package dev.kvstore.test;
