package dev.kvstore.jdbc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which kept entries are out of date because their group was written, or may have been purged: told by the moment before
 * they were loaded, without visiting them. Moments are counted, not timed: each write of a group and each purge is one.
 */
final class Invalidations {

    // A power of two. Bounds the memory, however many groups are written.
    private static final int PLACES = 1024;

    private static final Purge NO_PURGE = new Purge(0, Long.MIN_VALUE);

    private final AtomicLong moments = new AtomicLong();
    private final AtomicReferenceArray<@Nullable GroupMark> groups = new AtomicReferenceArray<>(PLACES);
    private final AtomicReference<Purge> purges = new AtomicReference<>(NO_PURGE);

    /**
     * The last write of a group at this place, and the last before it of any other group: that one is forgotten, so
     * everything older is taken for written.
     */
    private record GroupMark(String group, long moment, long momentOfOthers) {

        GroupMark then(String next, long now) {
            return next.equals(group)
                    ? new GroupMark(group, Math.max(moment, now), momentOfOthers)
                    : new GroupMark(next, now, Math.max(moment, momentOfOthers));
        }

        boolean covers(String other, long loadedAt) {
            return loadedAt < (other.equals(group) ? moment : momentOfOthers);
        }
    }

    /** The last purge, and the latest time up to which any has removed what had expired. */
    private record Purge(long moment, long upTo) {

        Purge then(Purge next) {
            return new Purge(Math.max(moment, next.moment), Math.max(upTo, next.upTo));
        }

        boolean covers(long expiresAt, long loadedAt) {
            return expiresAt <= upTo && loadedAt < moment;
        }
    }

    long now() {
        return moments.get();
    }

    void markGroup(String group) {
        long now = moments.incrementAndGet();
        groups.updateAndGet(place(group), mark -> mark == null ? new GroupMark(group, now, 0) : mark.then(group, now));
    }

    /** Marks what expires at a time or before it. */
    void markExpired(long upTo) {
        Purge next = new Purge(moments.incrementAndGet(), upTo);
        purges.updateAndGet(purge -> purge.then(next));
    }

    boolean cover(String group, long expiresAt, long loadedAt) {
        GroupMark mark = groups.get(place(group));
        return (mark != null && mark.covers(group, loadedAt)) || purges.get().covers(expiresAt, loadedAt);
    }

    private static int place(String group) {
        int hash = group.hashCode();
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
