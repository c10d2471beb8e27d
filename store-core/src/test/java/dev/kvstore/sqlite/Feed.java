package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.KvChange;
import dev.kvstore.engine.FeedChange;
import dev.kvstore.engine.FeedPosition;
import dev.kvstore.engine.FeedQuery;
import dev.kvstore.engine.LoggedChanges;
import dev.kvstore.engine.LoggedChanges.Logged;
import dev.kvstore.sqlite.connection.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The log of changes of a file, without a store. */
final class Feed implements AutoCloseable {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final long SIZE = 64 << 20;

    private final SqliteEngine engine;
    private final long owner;

    private Feed(SqliteEngine engine, long owner) {
        this.engine = engine;
        this.owner = owner;
    }

    static Feed open(Path file) {
        return open(file, 1);
    }

    static Feed open(Path file, long owner) {
        return new Feed(
                SqliteOpening.open(new SqliteSettings(file, Durability.FULL, Duration.ofSeconds(5), 1, false, false)),
                owner);
    }

    FeedPosition subscribe(String name, boolean durable) {
        return trySubscribe(name, durable).orElseThrow();
    }

    Optional<FeedPosition> trySubscribe(String name, boolean durable) {
        return engine.write(new FeedChange.Subscribe(name, durable, owner, null, MINUTE), Durability.FULL);
    }

    FeedPosition subscribeAfter(String name, FeedPosition position) {
        return engine.write(new FeedChange.Subscribe(name, false, owner, position, MINUTE), Durability.FULL)
                .orElseThrow();
    }

    boolean advance(String name, FeedPosition position) {
        return engine.write(new FeedChange.Advance(name, owner, position), Durability.FULL);
    }

    boolean unsubscribe(String name) {
        return engine.write(new FeedChange.Unsubscribe(name, owner), Durability.FULL);
    }

    Optional<Boolean> forget(String name) {
        return engine.write(new FeedChange.Forget(name, MINUTE), Durability.FULL);
    }

    List<String> names() {
        return engine.read(new FeedQuery.SubscriptionNames());
    }

    LoggedChanges after(FeedPosition position, String... groups) {
        return engine.read(new FeedQuery.Changes(position, Set.of(groups), 1_000));
    }

    List<KvChange> changesAfter(FeedPosition position, String... groups) {
        return after(position, groups).changes().stream().map(Logged::change).toList();
    }

    int trim() {
        return trim(WEEK, SIZE, 1_000);
    }

    int trim(Duration retention, long maxBytes, int limit) {
        return engine.write(new FeedChange.Trim(retention, maxBytes, MINUTE, limit), Durability.FULL);
    }

    boolean isLogged() {
        return engine.read(new FeedQuery.IsLogged());
    }

    @Override
    public void close() {
        engine.close();
    }
}
