package dev.kvstore.autoconfigure;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvStore;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;

/** Purges a store. It is no bean, so that neither a host's scheduling nor its absence takes hold of it. */
final class KvStorePurger {

    private static final Log log = LogFactory.getLog(KvStorePurger.class);

    private final KvStore store;
    private @Nullable String lastFailure;

    KvStorePurger(KvStore store) {
        this.store = store;
    }

    // An exception that got out would be logged every time, with its stack trace.
    @Scheduled(fixedDelayString = "${kvstore.purge-interval}")
    void purge() {
        try {
            long purged = store.purgeExpired();
            lastFailure = null;
            log.debug("Purged " + purged + " expired entries");
        } catch (KvClosedException e) {
            log.debug("The store was closed, nothing is left to purge");
        } catch (RuntimeException e) {
            warnOnce(e);
        }
    }

    private void warnOnce(RuntimeException failure) {
        // The outer message may tell times and counts, which differ; the cause tells the same from one as the other.
        String cause = NestedExceptionUtils.getMostSpecificCause(failure).toString();
        if (Objects.equals(lastFailure, cause)) {
            log.debug("Expired entries could not be purged again", failure);
            return;
        }
        lastFailure = cause;
        log.warn(
                "Expired entries could not be purged, which is tried again every 'kvstore.purge-interval': " + failure);
    }
}
