package dev.kvstore.bucket4j;

import dev.kvstore.Durability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of rate limits in the store.
 *
 * <pre>{@code
 * kvstore.rate-limit.limits.login.paths=/login
 * kvstore.rate-limit.limits.login.methods=POST
 * kvstore.rate-limit.limits.login.requests=5
 * kvstore.rate-limit.limits.login.period=1m
 * }</pre>
 *
 * @param enabled Whether to configure a ProxyManager of Bucket4j, and the filter if there are limits.
 * @param prefix Prefix of the groups with the buckets.
 * @param durability Durability of the buckets: with 'normal' a power cut may undo the last requests.
 * @param onFailure What the filter does with a request if the store fails: let it through, or refuse it with 503.
 * @param limits Limits of the filter by their names.
 * @since 0.1
 */
@ConfigurationProperties("kvstore.rate-limit")
public record KvRateLimitProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("rate-limit:") String prefix,
        @DefaultValue("normal") Durability durability,
        @DefaultValue("open") OnFailure onFailure,
        @DefaultValue Map<String, Limit> limits) {

    /** What becomes of a request if the store fails. */
    public enum OnFailure {
        /** The request passes without a limit. */
        OPEN,
        /** The request is refused with the status 503. */
        CLOSED
    }

    /** What a limit counts requests by. */
    public enum By {
        /** The address of the client as the servlet container reports it; of IPv6, the network of 64 bits. */
        ADDRESS,
        /** The name of the user who is logged in, or the address. */
        PRINCIPAL,
        /** The value of a header, or the address. */
        HEADER
    }

    /**
     * Configuration properties of one limit.
     *
     * @param paths Patterns of paths, such as '/api/**', after the context path.
     * @param methods HTTP methods; all if none is named.
     * @param by What to count requests by.
     * @param header Name of the header, if requests are counted by a header.
     * @param requests Number of requests that may be made in a period, and at once.
     * @param period Time in which that number of requests becomes available again.
     */
    public record Limit(
            @DefaultValue List<String> paths,
            @DefaultValue List<String> methods,
            @DefaultValue("address") By by,
            @Nullable String header,
            @DefaultValue("0") long requests,
            @Nullable Duration period) {}
}
