package dev.kvstore.jdbc;

import dev.kvstore.engine.FeedPosition;
import dev.kvstore.engine.Names;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscription got: in memory at once, in the database soon. Thread-safe: the thread of the subscription
 * delivers, another one renews it.
 */
final class Progress {

    /** A process that ends without closing its store delivers the changes of this time again. */
    private static final long STORE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Well before another store may take the subscription. */
    private static final long FRESH_NANOS = ChangeFeed.DURABLE_VALIDITY.toNanos() * 2 / 3;

    private final ChangeFeed feed;
    private final String name;
    private final boolean isDurable;
    private @Nullable FeedPosition delivered;
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
            Optional<FeedPosition> from = isDurable && feed.isOwnedByAnother(name)
                    ? Optional.empty()
                    : feed.subscribe(name, isDurable, delivered);
            if (from.isPresent()) {
                gap |= delivered != null && delivered.feed() != from.get().feed();
                delivered = from.get();
                stored = delivered;
                storedAt = now;
                owned = true;
            }
        }
        return owned;
    }

    /** Whether changes were missed and the listener has not received the gap yet. */
    synchronized boolean hasGap() {
        return gap;
    }

    /** The position of the last change that was delivered. Call as the owner. */
    synchronized FeedPosition delivered() {
        return Objects.requireNonNull(delivered);
    }

    synchronized void delivered(FeedPosition position) {
        delivered = position;
    }

    synchronized void gapDelivered() {
        gap = false;
    }

    /** The log has ended, so that the subscription is to be made anew. */
    synchronized void logEnded() {
        owned = false;
    }

    /** Whether the next change may be delivered: no other store can own the subscription. */
    synchronized boolean mayDeliver() {
        if (isDurable && System.nanoTime() - storedAt >= FRESH_NANOS) {
            store();
        }
        return owned;
    }

    /** Stores how far a durable subscription got, unless that was done a moment ago. */
    synchronized void storeIfDue() {
        if (isDurable && owned && !delivered().equals(stored) && System.nanoTime() - storedAt >= STORE_NANOS) {
            store();
        }
    }

    /** How long until {@link #storeIfDue} has something to do. */
    synchronized long nanosUntilDue() {
        return isDurable && owned && !delivered().equals(stored)
                ? Math.max(0, storedAt + STORE_NANOS - System.nanoTime())
                : Long.MAX_VALUE;
    }

    /** Stores how far the subscription got, and that its store lives. */
    synchronized void store() {
        if (owned && !released) {
            long now = System.nanoTime();
            FeedPosition position = delivered();
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
                feed.advance(name, delivered());
            }
            feed.unsubscribe(name);
        }
        released = true;
        owned = false;
    }
}
