/**
 * The embedded engine: a store in one SQLite file, or in memory. {@link dev.kvstore.sqlite.SqliteKvStore} is the API;
 * all other types here and in the rooms below are not.
 *
 * <p><b>A write</b>, in reading order: {@code FileEngine} makes a {@code SqliteDialect} of the moment and gives the
 * change to the {@code Writer}; {@link dev.kvstore.commit.CommitQueue} makes one of the callers the leader of a batch;
 * the {@code Writer} requires that the file is the one it opened ({@code file.FileIdentity}), runs the batch in a
 * transaction on its {@code connection.StoreConnection}, by way of the {@code table.SqliteDialect}, and commits;
 * {@code wal.Checkpointer} copies the WAL into the database when it is long enough; the queue wakes the callers.
 *
 * <p><b>A read</b>: {@code FileEngine} gives the query to {@code connection.Readers}, which locks one of its
 * connections and runs it there, by way of the {@code table.SqliteDialect}; {@code table.SlicedGroup} reads a group.
 *
 * <p><b>Opening</b>: {@code SqliteOpening} checks the path and the file ({@code file.StorePath},
 * {@code file.StoreFile}), reads the schema ({@code table.Schema}), migrates when it is not current
 * ({@code table.SchemaMigration}), and opens the connections ({@code connection.SqliteConnections}).
 *
 * <p>The rooms depend on each other in this order only: {@code wal} and {@code table} on {@code connection},
 * {@code connection} on {@code file}.
 */
@NullMarked
package dev.kvstore.sqlite;

import org.jspecify.annotations.NullMarked;
