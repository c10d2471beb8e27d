package dev.kvstore.jdbc;

import dev.kvstore.KvObserver;
import dev.kvstore.KvOperation;
import dev.kvstore.KvStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Keeps what an observer throws from the calls of the store: a committed write must not look like a failed one. */
public final class GuardedObserver implements KvObserver {

    private static final Log log = LogFactory.getLog(GuardedObserver.class);

    private final KvObserver observer;
    private final AtomicBoolean warned = new AtomicBoolean();

    private GuardedObserver(KvObserver observer) {
        this.observer = observer;
    }

    /** Guards an observer, if there is one. */
    public static @Nullable GuardedObserver of(@Nullable KvObserver observer) {
        return observer == null ? null : new GuardedObserver(observer);
    }

    @Override
    public void opened(KvStatus status) {
        try {
            observer.opened(status);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    @Override
    public int readsPerObservation() {
        return observer.readsPerObservation();
    }

    @Override
    public @Nullable Object started(KvOperation operation) {
        try {
            return observer.started(operation);
        } catch (RuntimeException e) {
            warn(e);
            return null;
        }
    }

    @Override
    public void ended(KvOperation operation, @Nullable Object started, long nanos, @Nullable Throwable failure) {
        try {
            observer.ended(operation, started, nanos, failure);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    @Override
    public void committed(int writes, long nanos) {
        try {
            observer.committed(writes, nanos);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    @Override
    public void purged(long rows) {
        try {
            observer.purged(rows);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private void warn(RuntimeException failure) {
        if (warned.compareAndSet(false, true)) {
            log.warn("An observer of the store failed; this is logged once", failure);
        }
    }
}
