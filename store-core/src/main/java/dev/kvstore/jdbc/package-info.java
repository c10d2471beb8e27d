/** The operations of a store over {@code JdbcTemplate}, shared by all engines. Not part of the API. */
@NullMarked
package dev.kvstore.jdbc;

import org.jspecify.annotations.NullMarked;
