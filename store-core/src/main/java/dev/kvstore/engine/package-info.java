/**
 * What an engine implements, and the operations it runs: an {@link dev.kvstore.engine.Engine} runs an
 * {@link dev.kvstore.engine.Operation} in the SQL of its {@link dev.kvstore.engine.Dialect}. Independent of any
 * database. Not part of the API.
 */
@NullMarked
package dev.kvstore.engine;

import org.jspecify.annotations.NullMarked;
