package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.FeedChange;
import dev.kvstore.engine.FeedPosition;
import dev.kvstore.engine.FeedQuery;
import dev.kvstore.engine.LoggedChanges;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log of changes, as one store uses it.
 *
 * @param owner a random number of the store
 */
record ChangeFeed(Engine engine, long owner, ChangeRetention retention) {

    /** How long a passing subscription stays that is not renewed. */
    static final Duration PASSING_VALIDITY = Duration.ofSeconds(60);

    /** How long a store that does not renew a durable subscription keeps it from others. */
    static final Duration DURABLE_VALIDITY = Duration.ofSeconds(30);

    static final Duration RENEWAL = Duration.ofSeconds(10);

    private static final int CHUNK = 500;

    /** Writers wait for a few milliseconds at the most: the rows are small, and adjacent. */
    private static final int TRIMMED_AT_ONCE = 2_000;

    Optional<FeedPosition> subscribe(String name, boolean isDurable, @Nullable FeedPosition from) {
        return engine.write(
                new FeedChange.Subscribe(name, isDurable, owner, from, validity(isDurable)), Durability.FULL);
    }

    private static Duration validity(boolean isDurable) {
        return isDurable ? DURABLE_VALIDITY : PASSING_VALIDITY;
    }

    boolean isOwnedByAnother(String name) {
        return engine.read(new FeedQuery.IsOwnedByAnother(name, owner, DURABLE_VALIDITY));
    }

    // After a loss of power, changes that were delivered since come again.
    boolean advance(String name, FeedPosition position) {
        return engine.write(new FeedChange.Advance(name, owner, position), Durability.NORMAL);
    }

    void unsubscribe(String name) {
        engine.write(new FeedChange.Unsubscribe(name, owner), Durability.FULL);
    }

    /** Returns empty if the subscription is open. */
    Optional<Boolean> forget(String name) {
        return engine.write(new FeedChange.Forget(name, DURABLE_VALIDITY), Durability.FULL);
    }

    List<String> names() {
        return engine.read(new FeedQuery.SubscriptionNames());
    }

    LoggedChanges changes(FeedPosition after, Set<String> groups) {
        return engine.read(new FeedQuery.Changes(after, groups, CHUNK));
    }

    /** Whether a chunk is followed by more changes that are there already. */
    static boolean isFull(FeedPosition after, LoggedChanges chunk) {
        return chunk.end().position() - after.position() >= CHUNK;
    }

    /** Removes what the log need not keep, in short transactions, and subscriptions whose store is gone. */
    void trim() {
        if (!engine.read(new FeedQuery.IsLogged())) {
            return;
        }
        FeedChange.Trim trim = new FeedChange.Trim(
                retention.duration(), retention.maxSize().toBytes(), PASSING_VALIDITY, TRIMMED_AT_ONCE);
        int removed = TRIMMED_AT_ONCE;
        while (removed == TRIMMED_AT_ONCE) {
            removed = engine.write(trim, Durability.NORMAL);
        }
    }
}
