/** The tests that every engine must pass. */
@org.jspecify.annotations.NullMarked
package dev.kvstore.contract;
