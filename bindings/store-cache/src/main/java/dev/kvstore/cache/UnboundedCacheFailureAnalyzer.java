package dev.kvstore.cache;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which properties bound a cache. */
final class UnboundedCacheFailureAnalyzer extends AbstractFailureAnalyzer<UnboundedCacheException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnboundedCacheException cause) {
        String cache = cause.cache();
        String action = cache == null
                ? "Set 'kvstore.cache-manager.default-ttl' or 'kvstore.cache-manager.default-max-entries' to more"
                        + " than 0."
                : "Set 'kvstore.caches.%1$s.ttl', such as 1h, or 'kvstore.caches.%1$s.max-entries', such as 10000."
                        .formatted(cache);
        return new FailureAnalysis(cause.getMessage() + ".", action, cause);
    }
}
