package dev.kvstore.jdbc;

import dev.kvstore.engine.FeedPosition;
import dev.kvstore.engine.Names;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscription got: in memory at once, in the database soon. Thread-safe: the thread of the subscription
 * tells, another one renews it.
 */
final class Progress {

    /** A process that ends without closing its store tells again what it was telling in this time. */
    private static final long STORE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Well before another store may take the subscription. */
    private static final long FRESH_NANOS = ChangeFeed.DURABLE_VALIDITY.toNanos() * 2 / 3;

    private final ChangeFeed feed;
    private final String name;
    private final boolean isDurable;
    private @Nullable FeedPosition told;
    private @Nullable FeedPosition stored;
    private long storedAt;
    private boolean owned;
    private boolean released;
    private boolean gap;

    Progress(ChangeFeed feed, String name, boolean isDurable) {
        this.feed = feed;
        this.name = name;
        this.isDurable = isDurable;
    }

    boolean isDurable() {
        return isDurable;
    }

    String printableName() {
        return "The subscription '" + Names.printable(name) + "'";
    }

    /** Whether both are of the durable subscription of one name. */
    boolean isSameAs(Progress other) {
        return isDurable && other.isDurable && name.equals(other.name);
    }

    /** Becomes the owner of the subscription. Returns false while another store is. */
    synchronized boolean own() {
        if (!owned && !released) {
            long now = System.nanoTime();
            Optional<FeedPosition> from =
                    isDurable && feed.isOwnedByAnother(name) ? Optional.empty() : feed.subscribe(name, isDurable, told);
            if (from.isPresent()) {
                gap |= told != null && told.feed() != from.get().feed();
                told = from.get();
                stored = told;
                storedAt = now;
                owned = true;
            }
        }
        return owned;
    }

    /** Whether changes were missed, which the listener is still to be told. */
    synchronized boolean hasGap() {
        return gap;
    }

    /** The position of the last change that was told. Call as the owner. */
    synchronized FeedPosition told() {
        return Objects.requireNonNull(told);
    }

    synchronized void told(FeedPosition position) {
        told = position;
    }

    synchronized void gapTold() {
        gap = false;
    }

    /** The log has ended, so that the subscription is to be made anew. */
    synchronized void logEnded() {
        owned = false;
    }

    /** Whether the next change may be told: no other store can own the subscription. */
    synchronized boolean mayTell() {
        if (isDurable && System.nanoTime() - storedAt >= FRESH_NANOS) {
            store();
        }
        return owned;
    }

    /** Stores how far a durable subscription got, unless that was done a moment ago. */
    synchronized void storeIfDue() {
        if (isDurable && owned && !told().equals(stored) && System.nanoTime() - storedAt >= STORE_NANOS) {
            store();
        }
    }

    /** How long until {@link #storeIfDue} has something to do. */
    synchronized long nanosUntilDue() {
        return isDurable && owned && !told().equals(stored)
                ? Math.max(0, storedAt + STORE_NANOS - System.nanoTime())
                : Long.MAX_VALUE;
    }

    /** Stores how far the subscription got, and that its store lives. */
    synchronized void store() {
        if (owned && !released) {
            long now = System.nanoTime();
            FeedPosition position = told();
            owned = feed.advance(name, position);
            stored = position;
            storedAt = now;
        }
    }

    /** Ends the ownership for good. */
    synchronized void release() {
        if (owned && !released) {
            released = true;
            if (isDurable) {
                feed.advance(name, told());
            }
            feed.unsubscribe(name);
        }
        released = true;
        owned = false;
    }
}
