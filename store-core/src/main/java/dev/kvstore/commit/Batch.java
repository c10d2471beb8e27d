package dev.kvstore.commit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The writes that a leader commits together, its own first. Belongs to the thread that leads. A write that is neither
 * settled nor possibly committed when the leader hands over was not executed, and waits on.
 */
public final class Batch {

    static final int MAX_SIZE = 256;

    /** The thread that leads. Each thread only compares it with itself, so a stale value does no harm. */
    @Nullable
    Thread leader;

    /** The next batch in the list of idle ones. */
    @Nullable
    Batch nextIdle;

    private final CommitQueue queue;
    private final int lane;
    private final WriteList writes = new WriteList();
    private final WriteList returned = new WriteList();
    private final WriteList ended = new WriteList();
    private @Nullable Write<?> own;
    private boolean commitIssued;
    private boolean relaxed;

    Batch(CommitQueue queue, int lane, @Nullable Batch nextIdle) {
        this.queue = queue;
        this.lane = lane;
        this.nextIdle = nextIdle;
    }

    /** Begins with the write of the thread that leads, which is in no list. */
    void begin(Write<?> own) {
        this.own = own;
        commitIssued = false;
        relaxed = false;
        writes.add(own);
    }

    /** Moves as many waiting writes here as may be committed together, and returns the first of them. */
    @Nullable
    Write<?> moveFrom(WriteList waiting) {
        Write<?> first = null;
        while (!own().runsAlone() && writes.size() < MAX_SIZE) {
            Write<?> next = waiting.first();
            if (next == null || next.runsAlone() || (relaxed && next.mustBeSynced())) {
                break;
            }
            waiting.poll();
            writes.add(next);
            first = first == null ? next : first;
        }
        return first;
    }

    /** Which of the engine's lanes commits this batch, from 0 on. */
    public int lane() {
        return lane;
    }

    /** The write of the thread that leads. */
    public Write<?> own() {
        return Objects.requireNonNull(own);
    }

    /** The leader's own write; the others follow by {@link Write#next}. */
    public @Nullable Write<?> first() {
        return writes.first();
    }

    /** The number of writes. */
    public int size() {
        return writes.size();
    }

    /** Adds the writes that have arrived since, and returns the first of them; null when there are none. */
    public @Nullable Write<?> latecomers() {
        return queue.addLatecomers(this);
    }

    /**
     * Whether the batch can be committed without a sync. If so, only writes that need none join it from now on;
     * otherwise all do.
     */
    public boolean relax() {
        boolean synced = false;
        for (Write<?> write = writes.first(); write != null; write = write.next) {
            synced |= write.mustBeSynced();
        }
        relaxed = !synced;
        return relaxed;
    }

    /** From here on the writes may be committed, unless the database says that they are not. */
    public void issueCommit() {
        commitIssued = true;
    }

    /** The database has answered that it did not commit. */
    public void commitRefused() {
        commitIssued = false;
    }

    /** Whether COMMIT was issued, and not refused. */
    public boolean mayBeCommitted() {
        return commitIssued;
    }

    /** All writes are committed: COMMIT has returned. */
    public void committed() {
        for (Write<?> write = writes.first(); write != null; write = write.next) {
            write.settle();
        }
    }

    /**
     * Gives back all writes but the leader's own, each to be run by its own thread in a transaction of its own: a
     * transaction failed, and any of them may be to blame.
     */
    public void separate() {
        Write<?> write = writes.takeAll();
        while (write != null) {
            Write<?> next = write.next;
            write.runAlone();
            if (write == own) {
                writes.add(write);
            } else {
                returned.add(write);
            }
            write = next;
        }
    }

    /** Another process holds the lock: fails all writes, in this batch and in the queue, that have waited too long. */
    public void endOverdue(BusyTimeout busyTimeout) {
        queue.endOverdue(this, busyTimeout);
    }

    void endOverdue(BusyTimeout busyTimeout, WriteList waiting) {
        long limit = busyTimeout.limitNanos();
        long now = System.nanoTime();
        moveOverdue(returned, limit, now);
        moveOverdue(waiting, limit, now);
        for (Write<?> write = writes.first(); write != null; write = write.next) {
            if (now - write.start() >= limit) {
                write.endLocked(busyTimeout);
            }
        }
    }

    private void moveOverdue(WriteList from, long limit, long now) {
        Write<?> write = from.takeAll();
        while (write != null) {
            Write<?> next = write.next;
            if (now - write.start() >= limit) {
                writes.add(write);
            } else {
                from.add(write);
            }
            write = next;
        }
    }

    /**
     * Empties this batch. Writes that were not executed are {@link #returned()}, each to be run by its own thread.
     *
     * @return the first write to be answered
     */
    @Nullable
    Write<?> end() {
        Write<?> write = writes.takeAll();
        while (write != null) {
            Write<?> next = write.next;
            if (commitIssued) {
                write.endUnknown();
            }
            if (write.isPending() && write != own) {
                write.runAlone();
                returned.add(write);
            } else {
                ended.add(write);
            }
            write = next;
        }
        own = null;
        return ended.takeAll();
    }

    WriteList returned() {
        return returned;
    }
}
