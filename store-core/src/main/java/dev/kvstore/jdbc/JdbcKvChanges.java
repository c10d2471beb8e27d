package dev.kvstore.jdbc;

import dev.kvstore.KvChangeListener;
import dev.kvstore.KvChanges;
import dev.kvstore.KvSubscription;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.Utf8;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Subscribes to the log of changes. */
final class JdbcKvChanges implements KvChanges {

    private static final String THREAD_NAME = "kvstore-changes-";

    private final ChangeFeed feed;
    private final Limits limits;
    private final Subscriptions subscriptions;
    private final AtomicLong passing = new AtomicLong();

    JdbcKvChanges(ChangeFeed feed, Limits limits, Subscriptions subscriptions) {
        this.feed = feed;
        this.limits = limits;
        this.subscriptions = subscriptions;
    }

    @Override
    public KvSubscription subscribe(KvChangeListener listener) {
        requireListener(listener);
        long number = passing.incrementAndGet();
        Progress progress = new Progress(feed, OwnGroups.passingSubscription(feed.owner(), number), false);
        return open(progress, Set.of(), listener, Long.toString(number));
    }

    @Override
    public KvSubscription subscribe(String name, Set<String> groups, KvChangeListener listener) {
        checkName(name);
        Set<String> checked = checked(groups);
        requireListener(listener);
        return open(new Progress(feed, name, true), checked, listener, Names.printable(name));
    }

    private KvSubscription open(Progress progress, Set<String> groups, KvChangeListener listener, String threadName) {
        Subscription subscription =
                new Subscription(subscriptions, feed, progress, groups, listener, THREAD_NAME + threadName);
        subscriptions.open(subscription);
        return subscription;
    }

    @Override
    public boolean forget(String name) {
        checkName(name);
        return feed.forget(name)
                .orElseThrow(() -> new IllegalStateException("The subscription '" + Names.printable(name)
                        + "' is open, in this process or another; close it first"));
    }

    @Override
    public Stream<String> names() {
        return feed.names().stream();
    }

    private void checkName(String name) {
        Utf8.check("name", name);
        if (OwnGroups.contain(name)) {
            throw new IllegalArgumentException("name must not begin with U+0000: those names are the store's own");
        }
        limits.checkName(name);
    }

    private static Set<String> checked(Set<String> groups) {
        if (groups == null || groups.isEmpty()) {
            throw new IllegalArgumentException("groups must not be null or empty; name those that matter");
        }
        groups.forEach(OwnGroups::check);
        return Set.copyOf(groups);
    }

    private static void requireListener(KvChangeListener listener) {
        if (listener == null) {
            throw new IllegalArgumentException("listener must not be null");
        }
    }
}
