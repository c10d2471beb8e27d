package dev.kvstore.autoconfigure;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvStore;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Purges a store. Deliberately not a bean: the host's {@code @EnableScheduling}, or the lack of it, must not affect
 * it.
 */
final class KvStorePurger {

    private static final Log log = LogFactory.getLog(KvStorePurger.class);

    private final KvStore store;
    private @Nullable String lastFailure;

    KvStorePurger(KvStore store) {
        this.store = store;
    }

    // The scheduler would log an escaping exception each time, with its stack trace.
    @Scheduled(fixedDelayString = "${kvstore.purge-interval}")
    void purge() {
        try {
            long purged = store.purgeExpired();
            lastFailure = null;
            log.debug("Purged " + purged + " expired entries");
        } catch (KvClosedException e) {
            log.debug("Nothing to purge: the store is closed");
        } catch (RuntimeException e) {
            warnOnce(e);
        }
    }

    private void warnOnce(RuntimeException failure) {
        // The outer message may contain times and counts, which differ each time; the cause is stable.
        String cause = NestedExceptionUtils.getMostSpecificCause(failure).toString();
        if (Objects.equals(lastFailure, cause)) {
            log.debug("Expired entries still could not be purged", failure);
            return;
        }
        lastFailure = cause;
        log.warn(
                "Expired entries could not be purged; the purge is retried every 'kvstore.purge-interval': " + failure);
    }
}
