package dev.kvstore.sqlite;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The writes that a leader commits together, its own first. It belongs to the thread that leads. What is neither settled nor
 * perhaps committed when the leader hands over was not executed, and waits on.
 */
final class Batch {

    static final int MAX_SIZE = 256;

    private final CommitQueue queue;
    private final WriteList writes = new WriteList();
    private final WriteList returned = new WriteList();
    private final WriteList ended = new WriteList();
    private @Nullable Write<?> own;
    private boolean commitIssued;

    Batch(CommitQueue queue) {
        this.queue = queue;
    }

    /** Begins with the write of the thread that leads, which waits first in the queue, and with those behind it. */
    void begin(Write<?> own, WriteList waiting) {
        this.own = own;
        commitIssued = false;
        waiting.poll();
        writes.add(own);
        moveFrom(waiting);
    }

    /** Moves as many waiting writes here as may be committed together, and returns the first of them. */
    @Nullable
    Write<?> moveFrom(WriteList waiting) {
        Write<?> first = null;
        while (!own().runsAlone() && writes.size() < MAX_SIZE) {
            Write<?> next = waiting.first();
            if (next == null || next.runsAlone()) {
                break;
            }
            waiting.poll();
            writes.add(next);
            first = first == null ? next : first;
        }
        return first;
    }

    /** The write of the thread that leads. */
    Write<?> own() {
        return Objects.requireNonNull(own);
    }

    /** The leader's own write; the others follow by {@link Write#next}. */
    @Nullable
    Write<?> first() {
        return writes.first();
    }

    int size() {
        return writes.size();
    }

    /** Adds the writes that have come meanwhile, and returns the first of them; null when there are none. */
    @Nullable
    Write<?> latecomers() {
        return queue.addLatecomers(this);
    }

    /** From here on the writes may be committed, unless SQLite says that they are not. */
    void issueCommit() {
        commitIssued = true;
    }

    /** SQLite has answered that it did not commit. */
    void commitRefused() {
        commitIssued = false;
    }

    boolean mayBeCommitted() {
        return commitIssued;
    }

    /** All are committed: COMMIT has returned. */
    void committed() {
        for (Write<?> write = writes.first(); write != null; write = write.next) {
            write.settle();
        }
    }

    /**
     * Gives back all writes but the leader's own, each to be run by its own thread in a transaction of its own: a
     * transaction failed, and one of them may be to blame.
     */
    void separate() {
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

    /** Another process holds the lock: ends the wait of all writes, here and in the queue, whose time is over. */
    void endOverdue(BusyTimeout busyTimeout) {
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
     * Empties this batch. What was not executed is {@link #returned()}, each to be run by its own thread.
     *
     * @return the first of those that are to be answered
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
