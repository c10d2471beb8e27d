package dev.kvstore.engine;

import dev.kvstore.KvChange;
import java.util.List;

/**
 * A part of the log of changes.
 *
 * @param changes those that were asked for, in the order of their commits
 * @param end where to read on
 * @param isGap whether changes before {@code end} are not in the log any more; then {@code changes} is empty
 */
public record LoggedChanges(List<Logged> changes, FeedPosition end, boolean isGap) {

    /** A change and its position. */
    public record Logged(long position, KvChange change) {}
}
