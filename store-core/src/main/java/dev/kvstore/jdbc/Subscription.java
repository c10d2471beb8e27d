package dev.kvstore.jdbc;

import dev.kvstore.KvChange;
import dev.kvstore.KvChangeListener;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvSubscription;
import dev.kvstore.engine.FeedPosition;
import dev.kvstore.engine.LoggedChanges;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * An open subscription: a thread of its own reads the log and calls its listener, so that none waits for another. A
 * platform thread, since virtual ones do not exist before Java 21, and a listener may block as long as it likes.
 */
final class Subscription implements KvSubscription, Runnable {

    private static final Log log = LogFactory.getLog(Subscription.class);

    private static final KvChange GAP = new KvChange(KvChange.Kind.GAP, "", "", 0);

    /** How often to look for changes of other processes. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** No other process can change the database; only in case that a signal was lost with its thread. */
    private static final long POLL_ALONE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How often to try to take over a subscription from another store. */
    private static final long STANDBY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Under steady writes, to read many changes at once instead of each with its commit. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Subscriptions all;
    private final ChangeFeed feed;
    private final Progress progress;
    private final Set<String> groups;
    private final Delivery delivery;
    private final Thread thread;
    private final ChangeSignal signal = new ChangeSignal();
    private final Backoff failures = new Backoff();
    private volatile boolean closing;

    Subscription(
            Subscriptions all,
            ChangeFeed feed,
            Progress progress,
            Set<String> groups,
            KvChangeListener listener,
            String threadName) {
        this.all = all;
        this.feed = feed;
        this.progress = progress;
        this.groups = groups;
        this.delivery = new Delivery(listener, progress, this::isClosing);
        // Thread locals of who subscribes, such as a security context, are none of the listener's.
        this.thread = new Thread(null, this, threadName, 0, false);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.setDaemon(true);
    }

    /** Subscribes in the database before it returns, so that no later change is missed. */
    void begin() {
        progress.own();
        thread.start();
    }

    void signal() {
        signal.signal();
    }

    Progress progress() {
        return progress;
    }

    Thread thread() {
        return thread;
    }

    private boolean isClosing() {
        return closing;
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                // An interrupt concerns the listener at the most, and an interrupted thread does not wait.
                Thread.interrupted();
                try {
                    turn();
                    failures.reset();
                } catch (KvClosedException closed) {
                    return;
                } catch (RuntimeException | Error e) {
                    failed(e);
                }
            }
        } finally {
            all.ended(this);
        }
    }

    private void failed(Throwable failure) {
        if (failures.isFirst()) {
            log.warn("Changes could not be read or their position not be stored; this is tried again", failure);
        }
        failures.pause(this::isClosing);
    }

    private void turn() {
        signal.clear();
        if (!progress.own()) {
            signal.await(STANDBY_NANOS);
            return;
        }
        if (progress.hasGap() && delivery.deliver(GAP)) {
            progress.gapDelivered();
        }
        FeedPosition after = progress.delivered();
        LoggedChanges found = feed.changes(after, groups);
        if (found.isGap()) {
            skip(found.end());
        } else if (!found.end().equals(after)) {
            deliver(found);
            if (!ChangeFeed.isFull(after, found)) {
                LockSupport.parkNanos(this, GATHER_NANOS);
            }
        } else {
            await();
        }
        progress.storeIfDue();
    }

    private void skip(FeedPosition end) {
        if (end.feed() == 0) {
            progress.logEnded();
        } else if (delivery.deliver(GAP)) {
            progress.delivered(end);
        }
    }

    private void deliver(LoggedChanges found) {
        for (LoggedChanges.Logged change : found.changes()) {
            if (!delivery.deliver(change.change())) {
                return;
            }
            progress.delivered(new FeedPosition(found.end().feed(), change.position()));
            progress.storeIfDue();
        }
        progress.delivered(found.end());
    }

    private void await() {
        long poll = feed.engine().isShared() ? POLL_NANOS : POLL_ALONE_NANOS;
        signal.await(Math.min(poll, progress.nanosUntilDue()));
    }

    /** Asks the thread to end, without waiting for it. */
    void beginClose() {
        closing = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        beginClose();
        all.awaitEnd(this);
    }
}
