/** A second engine for tests, with the group commit, operations and contract of the first. */
@NullMarked
package dev.kvstore.contract.h2;

import org.jspecify.annotations.NullMarked;
