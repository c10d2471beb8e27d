package dev.kvstore.jdbc;

import java.util.concurrent.locks.LockSupport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Renews the subscriptions of a store while their own threads may be in a long call of a listener, and trims the log. A
 * thread that exists while there are subscriptions.
 */
final class FeedKeeper implements Runnable {

    private static final Log log = LogFactory.getLog(FeedKeeper.class);

    private final Subscriptions subscriptions;
    private final ChangeFeed feed;
    private final Thread thread;
    private final Backoff failures = new Backoff();
    private volatile boolean ended;

    FeedKeeper(Subscriptions subscriptions, ChangeFeed feed) {
        this.subscriptions = subscriptions;
        this.feed = feed;
        this.thread = new Thread(null, this, "kvstore-changes-keeper", 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        long next = System.nanoTime() + ChangeFeed.RENEWAL.toNanos();
        while (!ended) {
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(this, left);
                Thread.interrupted();
            } else if (keeps()) {
                next = System.nanoTime() + ChangeFeed.RENEWAL.toNanos();
            } else {
                failures.pause(() -> ended);
            }
        }
    }

    private boolean keeps() {
        try {
            for (Subscription subscription : subscriptions.open()) {
                subscription.progress().store();
            }
            feed.trim();
            failures.reset();
            return true;
        } catch (RuntimeException | Error e) {
            log.debug("Subscriptions could not be renewed; this is tried again", e);
            return false;
        }
    }
}
