package dev.kvstore.bucket4j;

import dev.kvstore.bucket4j.KvRateLimitProperties.OnFailure;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request through if every limit for it has a token left, and answers 429 otherwise. The headers are
 * {@code Retry-After} (RFC 9110) and {@code RateLimit-Policy} and {@code RateLimit} of the IETF's draft
 * draft-ietf-httpapi-ratelimit-headers.
 */
final class RateLimitFilter extends OncePerRequestFilter implements Ordered {

    private static final Logger log = LoggerFactory.getLogger(RateLimitFilter.class);

    private static final int TOO_MANY_REQUESTS = 429;

    private final List<RateLimit> limits;
    private final ProxyManager<String> buckets;
    private final ClientKeys keys;
    private final OnFailure onFailure;
    private final int order;
    private final AtomicBoolean failing = new AtomicBoolean();

    RateLimitFilter(
            List<RateLimit> limits, ProxyManager<String> buckets, ClientKeys keys, OnFailure onFailure, int order) {
        this.limits = limits;
        this.buckets = buckets;
        this.keys = keys;
        this.onFailure = onFailure;
        this.order = order;
    }

    @Override
    public int getOrder() {
        return order;
    }

    List<RateLimit> limits() {
        return limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PathContainer path = path(request);
        for (RateLimit limit : limits) {
            if (limit.isFor(path, request.getMethod()) && !passes(limit, request, response)) {
                return;
            }
        }
        chain.doFilter(request, response);
    }

    // As Spring MVC reads a path, so that no way of writing it avoids the limit but reaches the handler.
    private static PathContainer path(HttpServletRequest request) {
        return PathContainer.parsePath(
                request.getRequestURI().substring(request.getContextPath().length()));
    }

    private boolean passes(RateLimit limit, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ConsumptionProbe probe = consume(limit, limit.client(request));
        if (probe == null) {
            if (onFailure == OnFailure.CLOSED) {
                response.setHeader("Retry-After", "1");
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
            return onFailure == OnFailure.OPEN;
        }
        response.addHeader(
                "RateLimit-Policy",
                "\"" + limit.name() + "\";q=" + limit.requests() + ";w="
                        + seconds(limit.period().toNanos()));
        response.addHeader(
                "RateLimit",
                "\"" + limit.name() + "\";r=" + probe.getRemainingTokens() + ";t="
                        + seconds(probe.getNanosToWaitForReset()));
        if (!probe.isConsumed()) {
            response.setHeader("Retry-After", Long.toString(seconds(probe.getNanosToWaitForRefill())));
            response.sendError(TOO_MANY_REQUESTS);
        }
        return probe.isConsumed();
    }

    /** Null if the store failed. */
    private @Nullable ConsumptionProbe consume(RateLimit limit, String client) {
        try {
            ConsumptionProbe probe = buckets.builder()
                    .build(keys.key(limit, client), limit::bucket)
                    .tryConsumeAndReturnRemaining(1);
            if (failing.compareAndSet(true, false)) {
                log.info("Requests are limited again");
            }
            return probe;
        } catch (RuntimeException e) { // Whatever it is: the setting says what becomes of the request.
            if (failing.compareAndSet(false, true)) {
                log.warn(
                        "Requests cannot be limited, because the store failed; until it works again they are {}",
                        onFailure == OnFailure.OPEN ? "let through" : "refused",
                        e);
            }
            return null;
        }
    }

    private static long seconds(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
    }
}
