package dev.kvstore.jdbc;

import dev.kvstore.KvChange;
import dev.kvstore.KvChangeListener;
import java.util.function.BooleanSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Calls a listener, and decides what its exceptions mean: for a durable subscription, that it is called again after a
 * pause; for a passing one, that the next change follows.
 */
final class Delivery {

    private static final Log log = LogFactory.getLog(Delivery.class);

    private final KvChangeListener listener;
    private final Progress progress;
    private final BooleanSupplier isClosing;

    Delivery(KvChangeListener listener, Progress progress, BooleanSupplier isClosing) {
        this.listener = listener;
        this.progress = progress;
        this.isClosing = isClosing;
    }

    /** Returns false if the change was not delivered: the subscription is being closed, or another store owns it. */
    boolean deliver(KvChange change) {
        Backoff failures = new Backoff();
        while (!isClosing.getAsBoolean() && progress.mayDeliver()) {
            if (call(change) || !progress.isDurable()) {
                return true;
            }
            failures.pause(isClosing);
        }
        return false;
    }

    // An Error too: the thread is the store's, and goes on for the other changes.
    private boolean call(KvChange change) {
        try {
            listener.onChange(change);
            return true;
        } catch (Throwable e) {
            log.warn(
                    "A listener of changes failed; "
                            + (progress.isDurable() ? "it is called again after a pause" : "the next change follows"),
                    new WithoutMessage(e));
            return false;
        } finally {
            Thread.interrupted();
        }
    }
}
