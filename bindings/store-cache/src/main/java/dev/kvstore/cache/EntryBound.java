package dev.kvstore.cache;

import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps a cache below its maximum of entries: whoever adds an entry makes room for it first. The number of entries is
 * an estimate that is never too low for what this process has added: entries that expire or are deleted are noticed
 * only when it is counted again, after every hundredth of the maximum that was added. Other processes add at most as
 * many in that time, each.
 */
final class EntryBound {

    /** So many entries are evicted at once at the most: 3 writes for each, within a fraction of a millisecond each. */
    private static final int LARGEST_STEP = 100;

    private final KvGroup<?> entries;
    private final WriteOrder order;
    private final LongAdder evictions;
    private final long target;
    private final long maximum;
    private final long addedBetweenCounts;

    private long estimate;
    private long added;
    private long underWay;

    EntryBound(KvGroup<?> entries, WriteOrder order, int maximum, LongAdder evictions) {
        this.entries = entries;
        this.order = order;
        this.evictions = evictions;
        this.maximum = maximum;
        this.addedBetweenCounts = Math.max(1, maximum / 100);
        this.target = Math.max(0, maximum - Math.min(addedBetweenCounts, LARGEST_STEP));
        this.added = addedBetweenCounts;
    }

    /** Makes room for the entry that a batch adds, and commits the batch; returns whether its checks held. */
    boolean commitAdding(KvBatch batch) {
        makeRoom();
        try {
            return batch.commit();
        } finally {
            end();
        }
    }

    private synchronized void makeRoom() {
        if (added >= addedBetweenCounts) {
            estimate = order.count() + underWay;
            added = 0;
        }
        if (estimate >= maximum) {
            evict();
        }
        estimate++;
        added++;
        underWay++;
    }

    private synchronized void end() {
        underWay--;
    }

    // What others have added in the meantime makes the excess larger than one step.
    private void evict() {
        while (estimate > target) {
            int evicted = order.evictOldest(entries, (int) Math.min(estimate - target, LARGEST_STEP));
            evictions.add(evicted);
            estimate -= evicted;
            if (evicted == 0) {
                return;
            }
        }
    }

    synchronized void recount() {
        added = addedBetweenCounts;
    }
}
