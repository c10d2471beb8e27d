/** The tests that every engine passes. */
@org.jspecify.annotations.NullMarked
package dev.kvstore.contract;
