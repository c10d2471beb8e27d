/** The operations of a store over {@code JdbcTemplate}; shared by the engines, of no use to applications. */
@NullMarked
package dev.kvstore.jdbc;

import org.jspecify.annotations.NullMarked;
