/**
 * Group commit for every engine: a {@link dev.kvstore.commit.Write} joins the {@link dev.kvstore.commit.CommitQueue},
 * whose leader commits a {@link dev.kvstore.commit.Batch} of them. Knows no database. No API of applications.
 */
@NullMarked
package dev.kvstore.commit;

import org.jspecify.annotations.NullMarked;
