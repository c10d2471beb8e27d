package dev.kvstore.jdbc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Decides which cached entries are stale because their group was written, or because a purge may have removed them. It
 * compares the moment before an entry was loaded, so that no write visits entries. A moment is a count, not a time:
 * each write of a group and each purge starts a new one.
 */
final class Invalidations {

    // A power of two. Limits the memory, however many groups are written.
    private static final int SLOTS = 1024;

    private static final Purge NO_PURGE = new Purge(0, Long.MIN_VALUE);

    private final AtomicLong moments = new AtomicLong();
    private final AtomicReferenceArray<@Nullable GroupMark> groups = new AtomicReferenceArray<>(SLOTS);
    private final AtomicReference<Purge> purges = new AtomicReference<>(NO_PURGE);

    /**
     * The last write of a group in this slot, and the last write before it of any other group in the slot. Which other
     * group that was is not stored, so all older entries of other groups count as stale.
     */
    private record GroupMark(String group, long moment, long momentOfOthers) {

        GroupMark then(String next, long nextMoment) {
            return next.equals(group)
                    ? new GroupMark(group, Math.max(moment, nextMoment), momentOfOthers)
                    : new GroupMark(next, nextMoment, Math.max(moment, momentOfOthers));
        }

        boolean covers(String other, long loadedAt) {
            return loadedAt < (other.equals(group) ? moment : momentOfOthers);
        }
    }

    /** The last purge, and the latest time up to which any purge has removed expired entries. */
    private record Purge(long moment, long upTo) {

        Purge then(Purge next) {
            return new Purge(Math.max(moment, next.moment), Math.max(upTo, next.upTo));
        }

        boolean covers(long expiresAt, long loadedAt) {
            return expiresAt <= upTo && loadedAt < moment;
        }
    }

    long moment() {
        return moments.get();
    }

    void markGroup(String group) {
        long moment = moments.incrementAndGet();
        groups.updateAndGet(
                slot(group), mark -> mark == null ? new GroupMark(group, moment, 0) : mark.then(group, moment));
    }

    /** Marks the entries that expire at a time or earlier. */
    void markExpired(long upTo) {
        Purge next = new Purge(moments.incrementAndGet(), upTo);
        purges.updateAndGet(purge -> purge.then(next));
    }

    boolean cover(String group, long expiresAt, long loadedAt) {
        GroupMark mark = groups.get(slot(group));
        return (mark != null && mark.covers(group, loadedAt)) || purges.get().covers(expiresAt, loadedAt);
    }

    private static int slot(String group) {
        int hash = group.hashCode();
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
