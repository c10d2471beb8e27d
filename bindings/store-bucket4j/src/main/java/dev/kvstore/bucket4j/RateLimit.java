package dev.kvstore.bucket4j;

import dev.kvstore.bucket4j.KvRateLimitProperties.By;
import dev.kvstore.bucket4j.KvRateLimitProperties.Limit;
import io.github.bucket4j.BucketConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** One limit: which requests it is for, whose requests are counted together, and how many there may be. */
record RateLimit(
        String name,
        List<PathPattern> paths,
        Set<String> methods,
        By by,
        @Nullable String header,
        long requests,
        Duration period,
        BucketConfiguration bucket) {

    private static final String PREFIX = "kvstore.rate-limit.limits.";

    /** From properties; an error names the property. */
    static RateLimit of(String name, Limit limit) {
        check(
                name,
                "",
                name,
                name.matches("[A-Za-z0-9._-]+"),
                "A limit is named by letters, digits, '.', '_' and '-'.");
        check(name, "paths", limit.paths(), !limit.paths().isEmpty(), "It must have a pattern, such as '/api/**'.");
        check(name, "requests", limit.requests(), limit.requests() > 0, "It must be at least 1.");
        Duration period = limit.period();
        if (period == null || period.compareTo(Duration.ofMillis(1)) < 0) {
            throw invalid(name, "period", period, "It must be a time, such as '1m'.");
        }
        boolean headerFits = (limit.by() == By.HEADER) == StringUtils.hasText(limit.header());
        check(name, "header", limit.header(), headerFits, "It is needed if 'by' is 'header', and only then.");
        Set<String> methods = limit.methods().stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        BucketConfiguration bucket = BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit.requests()).refillGreedy(limit.requests(), period))
                .build();
        List<PathPattern> paths =
                limit.paths().stream().map(path -> pattern(name, path)).toList();
        return new RateLimit(name, paths, methods, limit.by(), limit.header(), limit.requests(), period, bucket);
    }

    private static PathPattern pattern(String name, String path) {
        try {
            return PathPatternParser.defaultInstance.parse(path);
        } catch (PatternParseException e) {
            throw invalid(name, "paths", path, "It is not a pattern: " + e.getMessage());
        }
    }

    boolean isFor(PathContainer path, String method) {
        return (methods.isEmpty() || methods.contains(method))
                && paths.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** Whom a request is counted for; never to be logged or stored in clear. */
    String client(HttpServletRequest request) {
        String client = by == By.PRINCIPAL ? ClientNames.principal(request) : null;
        if (by == By.HEADER && header != null) {
            client = ClientNames.header(request, header);
        }
        return client == null ? ClientNames.address(request) : client;
    }

    /** Settings that were changed count anew. */
    String settings() {
        return name + ' ' + requests + ' ' + period;
    }

    private static void check(String limit, String property, @Nullable Object value, boolean valid, String reason) {
        if (!valid) {
            throw invalid(limit, property, value, reason);
        }
    }

    private static InvalidConfigurationPropertyValueException invalid(
            String limit, String property, @Nullable Object value, String reason) {
        String name = property.isEmpty() ? PREFIX + limit : PREFIX + limit + "." + property;
        return new InvalidConfigurationPropertyValueException(name, value, reason);
    }
}
