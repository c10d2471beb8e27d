package dev.kvstore.jdbc;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the changes of each entry or group that have begun and ended, so that a reader can detect a concurrent change.
 * Hash codes that collide share their counts: a reader may detect the change of another entry, but never misses one.
 */
final class ChangeCounts {

    /** A change is under way. */
    static final long UNDER_WAY = -1;

    private final AtomicLongArray begun;
    private final AtomicLongArray ended;

    /** Creates counts with a number of slots, which must be a power of two. */
    ChangeCounts(int slots) {
        this.begun = new AtomicLongArray(slots);
        this.ended = new AtomicLongArray(slots);
    }

    private int slot(int hash) {
        return hash & begun.length() - 1;
    }

    void begin(int hash) {
        begun.getAndIncrement(slot(hash));
    }

    void end(int hash) {
        ended.getAndIncrement(slot(hash));
    }

    /**
     * Returns how many changes have begun, or {@link #UNDER_WAY} if one has not ended. Reads the number of ended
     * changes first: if as many have begun afterwards, none was under way at the first read.
     */
    long idleSince(int hash) {
        long before = ended.get(slot(hash));
        return begun.get(slot(hash)) == before ? before : UNDER_WAY;
    }

    /** Whether no change has begun since {@link #idleSince} returned this count. */
    boolean noneSince(long count, int hash) {
        return begun.get(slot(hash)) == count;
    }
}
