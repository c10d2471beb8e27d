/**
 * What an engine implements, and the operations that it runs: {@link dev.kvstore.engine.Engine} runs an
 * {@link dev.kvstore.engine.Operation} in the SQL of its {@link dev.kvstore.engine.Dialect}. Knows no database. No API of
 * applications.
 */
@NullMarked
package dev.kvstore.engine;

import org.jspecify.annotations.NullMarked;
