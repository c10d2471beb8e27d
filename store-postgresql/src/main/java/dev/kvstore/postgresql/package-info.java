/**
 * The store in a PostgreSQL database, which any number of nodes share: {@link dev.kvstore.postgresql.PostgresKvStore}.
 *
 * <p><b>Several lanes.</b> Rows are locked, not the database, so concurrent writes run side by side on the connections
 * of a pool. Most of them are one statement, which commits by itself. Unconditional puts that find all lanes busy are
 * gathered, and the next free lane makes them in one statement with one commit.
 *
 * <p><b>Time</b> is the server's, since the clocks of several nodes differ: a statement contains how long an entry
 * lives, not when it ends.
 *
 * <p><b>Outcomes.</b> An error of the server had no effect. When the connection fails after a write was sent, its
 * outcome is unknown: it is never repeated, and its exception says so.
 */
@NullMarked
package dev.kvstore.postgresql;

import org.jspecify.annotations.NullMarked;
