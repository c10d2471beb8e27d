/** The contract on PostgreSQL, and the tests that need a server with it. */
@NullMarked
package dev.kvstore.contract.postgresql;

import org.jspecify.annotations.NullMarked;
