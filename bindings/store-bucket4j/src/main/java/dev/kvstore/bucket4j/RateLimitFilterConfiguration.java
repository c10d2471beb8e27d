package dev.kvstore.bucket4j;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.bucket4j.KvRateLimitProperties.By;
import jakarta.servlet.Filter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The filter, twice: limits by address or header before Spring Security, so that they protect a login, and limits by
 * principal after it, so that there is one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(OnLimits.class)
class RateLimitFilterConfiguration {

    /** The order of Spring Security's filter in a Spring Boot application. */
    private static final int SECURITY = -100;

    private static final Logger log = LoggerFactory.getLogger(KvRateLimitAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean(name = "kvRateLimitFilter")
    RateLimitFilter kvRateLimitFilter(KvStore store, KvRateLimitProperties properties) {
        log.info("Requests are limited by the store: {}", properties.limits().keySet());
        return filter(store, properties, false, SECURITY - 1);
    }

    @Bean
    @ConditionalOnMissingBean(name = "kvRateLimitByPrincipalFilter")
    RateLimitFilter kvRateLimitByPrincipalFilter(KvStore store, KvRateLimitProperties properties) {
        return filter(store, properties, true, SECURITY + 1);
    }

    private static RateLimitFilter filter(
            KvStore store, KvRateLimitProperties properties, boolean byPrincipal, int order) {
        List<RateLimit> limits = properties.limits().entrySet().stream()
                .map(limit -> RateLimit.of(limit.getKey(), limit.getValue()))
                .filter(limit -> (limit.by() == By.PRINCIPAL) == byPrincipal)
                .toList();
        return new RateLimitFilter(
                limits,
                KvRateLimitAutoConfiguration.manager(store, properties, "requests"),
                new ClientKeys(store.group(properties.prefix() + "secrets", byte[].class)
                        .durability(Durability.FULL)),
                properties.onFailure(),
                order);
    }
}
