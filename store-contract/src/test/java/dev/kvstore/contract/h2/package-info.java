/** A second engine, for tests only: group commit, operations and contract are those of the first. */
@NullMarked
package dev.kvstore.contract.h2;

import org.jspecify.annotations.NullMarked;
