package dev.kvstore.engine;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A change of who reads the log of changes, or of the log itself.
 *
 * @param <T> the result
 */
public sealed interface FeedChange<T> extends Change<T> {

    /**
     * Makes a store the owner of a subscription, and starts the log if nobody has subscribed yet. The result is where
     * to read on: where a durable subscription got, else {@code from}, else the end of the log. It is empty if another
     * owner was seen recently.
     *
     * @param isDurable whether the subscription stays when its owner is gone
     * @param owner a number of the store that will read
     * @param from where the subscription got that the database may not know any more; null for none
     * @param validity how long an owner that is not seen keeps a subscription
     */
    record Subscribe(
            String name,
            boolean isDurable,
            long owner,
            @Nullable FeedPosition from,
            Duration validity) implements FeedChange<Optional<FeedPosition>> {

        @Override
        public Optional<FeedPosition> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().subscribe(jdbc, this);
        }
    }

    /** Stores the position, and that the owner is alive; the result is whether it still is the owner. */
    record Advance(String name, long owner, FeedPosition position) implements FeedChange<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().advance(jdbc, this);
        }
    }

    /**
     * Ends the ownership, and removes a subscription that is not durable. Ends the log if no subscription is left. The
     * result is whether it was the owner.
     */
    record Unsubscribe(String name, long owner) implements FeedChange<Boolean> {

        @Override
        public Boolean run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().unsubscribe(jdbc, this);
        }
    }

    /**
     * Removes a durable subscription, and ends the log if none is left. The result is whether there was one; empty,
     * with nothing removed, if an owner was seen recently.
     *
     * @param validity how long an owner that is not seen keeps a subscription
     */
    record Forget(String name, Duration validity) implements FeedChange<Optional<Boolean>> {

        @Override
        public Optional<Boolean> run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().forget(jdbc, this);
        }
    }

    /**
     * Removes subscriptions whose owner is gone, unless they are durable, and the oldest changes that all subscribers
     * have received, or that the log need not keep. The result is how many changes.
     *
     * @param retention how long changes are kept for subscribers that have not received them
     * @param maxBytes the approximate size of the log
     * @param validity how long an owner that is not seen keeps a subscription
     * @param limit the maximum number of changes to remove
     */
    record Trim(Duration retention, long maxBytes, Duration validity, int limit) implements FeedChange<Integer> {

        @Override
        public Integer run(Dialect dialect, JdbcOperations jdbc) {
            return dialect.changeLog().trim(jdbc, this);
        }
    }
}
