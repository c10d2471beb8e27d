package dev.kvstore.jdbc;

import dev.kvstore.KvClosedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** The open subscriptions of a store. Thread-safe. */
final class Subscriptions {

    private static final Log log = LogFactory.getLog(Subscriptions.class);

    private static final Subscription[] NONE = {};

    private final ChangeFeed feed;
    private final Map<Subscription, Subscription> waits = new HashMap<>();
    private volatile Subscription[] open = NONE;
    private boolean closed;
    private @Nullable FeedKeeper keeper;

    Subscriptions(ChangeFeed feed) {
        this.feed = feed;
    }

    /** The store has changed entries. Costs one volatile read while nobody subscribes. */
    void signal() {
        for (Subscription subscription : open) {
            subscription.signal();
        }
    }

    Subscription[] open() {
        return open;
    }

    /**
     * Opens a subscription.
     *
     * @throws IllegalStateException if a durable subscription of this name is open
     */
    void open(Subscription subscription) {
        add(subscription);
        try {
            subscription.begin();
        } catch (RuntimeException | Error e) {
            remove(subscription);
            release(subscription);
            throw e;
        }
    }

    private synchronized void add(Subscription subscription) {
        if (closed) {
            throw new KvClosedException("The store is closed");
        }
        for (Subscription other : open) {
            if (other.progress().isSameAs(subscription.progress())) {
                throw new IllegalStateException(
                        other.progress().printableName() + " is open already in this store; close it first");
            }
        }
        open = Stream.concat(Arrays.stream(open), Stream.of(subscription)).toArray(Subscription[]::new);
        if (keeper == null) {
            keeper = new FeedKeeper(this, feed);
            keeper.start();
        }
    }

    /** The thread of a subscription ends. */
    void ended(Subscription subscription) {
        remove(subscription);
        release(subscription);
        try {
            feed.trim();
        } catch (RuntimeException e) {
            log.debug("The log of changes could not be trimmed", e);
        }
    }

    private synchronized void remove(Subscription subscription) {
        open = Arrays.stream(open).filter(other -> other != subscription).toArray(Subscription[]::new);
        if (open.length == 0 && keeper != null) {
            keeper.end();
            keeper = null;
        }
    }

    private static void release(Subscription subscription) {
        try {
            subscription.progress().release();
        } catch (RuntimeException e) {
            // Nobody renews the subscription, so that it ends by itself.
            log.debug("The end of a subscription could not be stored", e);
        }
    }

    /** Waits for the thread of a subscription, unless it is the current one, or waits for the current one. */
    void awaitEnd(Subscription subscription) {
        Subscription current = current();
        if (current == null) {
            join(subscription.thread());
        } else if (beginWait(current, subscription)) {
            join(subscription.thread());
            endWait(current);
        }
    }

    private @Nullable Subscription current() {
        for (Subscription subscription : open) {
            if (subscription.thread() == Thread.currentThread()) {
                return subscription;
            }
        }
        return null;
    }

    private synchronized boolean beginWait(Subscription current, Subscription other) {
        for (Subscription last = other; last != null; last = waits.get(last)) {
            if (last == current) {
                return false;
            }
        }
        waits.put(current, other);
        return true;
    }

    private synchronized void endWait(Subscription current) {
        waits.remove(current);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all subscriptions, and refuses new ones. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        Subscription[] all = open;
        for (Subscription subscription : all) {
            subscription.beginClose();
        }
        for (Subscription subscription : all) {
            subscription.close();
            // The thread has done it, unless the listener that it is calling closes the store.
            release(subscription);
        }
    }
}
