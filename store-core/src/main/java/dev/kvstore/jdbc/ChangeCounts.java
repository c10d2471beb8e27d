package dev.kvstore.jdbc;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts how many changes of a thing have begun and ended, so that a reader knows whether one was under way beside it.
 * Things whose hash codes fall together share their counts: a change may be seen that was of another thing, never the
 * reverse.
 */
final class ChangeCounts {

    /** A change is under way. */
    static final long UNDER_WAY = -1;

    private final AtomicLongArray begun;
    private final AtomicLongArray ended;

    /** Counts in a number of places, which is a power of two. */
    ChangeCounts(int places) {
        this.begun = new AtomicLongArray(places);
        this.ended = new AtomicLongArray(places);
    }

    private int place(int hash) {
        return hash & begun.length() - 1;
    }

    void begin(int hash) {
        begun.getAndIncrement(place(hash));
    }

    void end(int hash) {
        ended.getAndIncrement(place(hash));
    }

    /**
     * How many changes have begun, or {@link #UNDER_WAY}. The ended ones are read first: when as many have begun later,
     * none was under way at the first reading.
     */
    long idleSince(int hash) {
        long before = ended.get(place(hash));
        return begun.get(place(hash)) == before ? before : UNDER_WAY;
    }

    /** Whether no change has begun since {@link #idleSince} gave this count. */
    boolean noneSince(long count, int hash) {
        return begun.get(place(hash)) == count;
    }
}
