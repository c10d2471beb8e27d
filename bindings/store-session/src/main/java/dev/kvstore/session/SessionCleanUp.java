package dev.kvstore.session;

import dev.kvstore.KvClosedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Searches for expired sessions while the context runs, with a thread of its own: the host's scheduling, or the lack of
 * it, must not affect it.
 */
final class SessionCleanUp implements SmartLifecycle {

    private static final Log log = LogFactory.getLog(SessionCleanUp.class);

    private final KvSessionRepository repository;
    private final Duration interval;
    private volatile @Nullable ScheduledExecutorService running;
    private @Nullable String lastFailure;

    /** Searches at an interval, or never if it is zero. */
    SessionCleanUp(KvSessionRepository repository, Duration interval) {
        this.repository = repository;
        this.interval = interval;
    }

    @Override
    public void start() {
        if (interval.isZero() || running != null) {
            return;
        }
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kvstore-sessions");
            thread.setDaemon(true);
            return thread;
        });
        long nanoseconds = interval.toNanos();
        ScheduledFuture<?> unused =
                executor.scheduleWithFixedDelay(this::cleanUp, nanoseconds, nanoseconds, TimeUnit.NANOSECONDS);
        running = executor;
    }

    // An exception that escapes would end the schedule.
    void cleanUp() {
        try {
            int expired = repository.cleanUpExpiredSessions();
            lastFailure = null;
            log.debug("Deleted " + expired + " expired sessions");
        } catch (KvClosedException e) {
            log.debug("No sessions to clean up: the store is closed");
        } catch (RuntimeException e) {
            warnOnce(e);
        }
    }

    private void warnOnce(RuntimeException failure) {
        String cause = NestedExceptionUtils.getMostSpecificCause(failure).toString();
        if (Objects.equals(lastFailure, cause)) {
            log.debug("Expired sessions still could not be cleaned up", failure);
            return;
        }
        lastFailure = cause;
        log.warn("Expired sessions could not be cleaned up, which is retried every"
                + " 'kvstore.session.cleanup-interval': " + failure);
    }

    @Override
    public void stop() {
        ScheduledExecutorService executor = running;
        if (executor != null) {
            executor.shutdown();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
