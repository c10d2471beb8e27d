package dev.kvstore.settings;

import dev.kvstore.KvChange;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvStore;
import dev.kvstore.KvSubscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads groups again when they may have changed. It subscribes to the changes of the store; where the engine has none,
 * or on request, it reads each group at an interval. Does nothing before the first group is added.
 */
class GroupWatch implements AutoCloseable {

    private static final Log log = LogFactory.getLog(GroupWatch.class);

    private final KvStore store;
    private final boolean subscribes;
    private final Duration interval;
    private final List<WatchedGroup> groups = new CopyOnWriteArrayList<>();
    private boolean started;
    private @Nullable KvSubscription subscription;
    private @Nullable ScheduledThreadPoolExecutor timer;

    /**
     * Creates a watch.
     *
     * @param subscribes whether to subscribe to changes if the engine has them
     */
    GroupWatch(KvStore store, boolean subscribes, Duration interval) {
        this.store = store;
        this.subscribes = subscribes;
        this.interval = interval;
    }

    synchronized void add(WatchedGroup group) {
        groups.add(group);
        if (!started) {
            start();
            started = true;
        }
        // Again, since it may have changed between its first reading and the start of the watch.
        read(group);
    }

    private void start() {
        if (subscribes) {
            try {
                subscription = store.changes().subscribe(this::onChange);
                return;
            } catch (UnsupportedOperationException e) {
                log.info("The store has no log of changes, so settings are read every " + interval);
            }
        }
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "kvstore-settings");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = executor.scheduleWithFixedDelay(
                this::readAll, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        timer = executor;
    }

    private void onChange(KvChange change) {
        for (WatchedGroup group : groups) {
            if (change.kind() == KvChange.Kind.GAP || change.group().equals(group.group())) {
                read(group);
            }
        }
    }

    private void readAll() {
        groups.forEach(GroupWatch::read);
    }

    // An exception would end the timer.
    private static void read(WatchedGroup group) {
        try {
            group.read();
        } catch (KvClosedException e) {
            log.debug("The store is closed, so the settings stay as they are");
        } catch (RuntimeException e) {
            log.warn("The settings in group '" + group.group() + "' could not be read, and stay as they are", e);
        }
    }

    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
