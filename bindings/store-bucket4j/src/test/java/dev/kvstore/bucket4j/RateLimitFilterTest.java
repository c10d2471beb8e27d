package dev.kvstore.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.sqlite.CapturedLog;
import dev.kvstore.sqlite.SqliteKvStore;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

class RateLimitFilterTest {

    private static final String LIMITS = "kvstore.rate-limit.limits.";

    private final WebApplicationContextRunner host = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(KvStoreAutoConfiguration.class, KvRateLimitAutoConfiguration.class))
            .withPropertyValues("kvstore.path=:memory:");
    private final WebApplicationContextRunner limited =
            host.withPropertyValues(LIMITS + "api.paths=/api/**", LIMITS + "api.requests=2", LIMITS + "api.period=1h");

    private static MockHttpServletRequest get(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setRemoteAddr("192.0.2.1");
        return request;
    }

    /** Sends a request through the filters in their order; it has the status 200 if it passes. */
    private static MockHttpServletResponse send(
            AssertableWebApplicationContext context, MockHttpServletRequest request) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            Stream<RateLimitFilter> filters =
                    context.getBeanProvider(RateLimitFilter.class).orderedStream();
            for (RateLimitFilter filter : filters.toList()) {
                if (response.getStatus() == 200) {
                    filter.doFilter(request, response, new MockFilterChain());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
        return response;
    }

    private static int status(AssertableWebApplicationContext context, MockHttpServletRequest request) {
        return send(context, request).getStatus();
    }

    @Test
    void aRequestBeyondTheLimitIsRefused() {
        limited.run(context -> {
            MockHttpServletResponse first = send(context, get("/api/books"));
            assertThat(first.getStatus()).isEqualTo(200);
            assertThat(first.getHeader("RateLimit-Policy")).isEqualTo("\"api\";q=2;w=3600");
            assertThat(first.getHeader("RateLimit")).startsWith("\"api\";r=1;t=");
            assertThat(first.getHeader("Retry-After")).isNull();
            assertThat(status(context, get("/api/books"))).isEqualTo(200);

            MockHttpServletResponse third = send(context, get("/api/other"));
            assertThat(third.getStatus()).isEqualTo(429);
            assertThat(third.getHeader("RateLimit")).startsWith("\"api\";r=0;t=");
            assertThat(Integer.parseInt(String.valueOf(third.getHeader("Retry-After"))))
                    .isBetween(1, 1800);
        });
    }

    @Test
    void aRequestOfAnotherPathOrAddressIsNotCounted() {
        limited.run(context -> {
            for (int i = 0; i < 3; i++) {
                assertThat(status(context, get("/other"))).isEqualTo(200);
            }
            exhaust(context, get("/api/books"));
            MockHttpServletRequest other = get("/api/books");
            other.setRemoteAddr("192.0.2.2");
            assertThat(status(context, other)).isEqualTo(200);
        });
    }

    private static void exhaust(AssertableWebApplicationContext context, MockHttpServletRequest request) {
        for (int i = 0; i < 100; i++) {
            if (status(context, request) == 429) {
                return;
            }
        }
        throw new AssertionError("There is no limit");
    }

    @Test
    void theContextPathIsNotPartOfTheMatchedPath() {
        limited.run(context -> {
            MockHttpServletRequest request = get("/shop/api/books");
            request.setContextPath("/shop");
            exhaust(context, request);
        });
    }

    @Test
    void onlyTheAddressThatTheContainerReportsCounts() {
        limited.run(context -> {
            exhaust(context, get("/api/books"));
            MockHttpServletRequest request = get("/api/books");
            request.addHeader("X-Forwarded-For", "198.51.100.7");

            assertThat(status(context, request)).isEqualTo(429);
        });
    }

    @Test
    void aNetworkOfIpv6CountsAsOneClient() {
        limited.run(context -> {
            for (String address : List.of("2001:db8::1", "2001:db8::2", "2001:db8::ffff:3")) {
                MockHttpServletRequest request = get("/api/books");
                request.setRemoteAddr(address);
                assertThat(status(context, request)).isEqualTo(address.endsWith("3") ? 429 : 200);
            }
            MockHttpServletRequest other = get("/api/books");
            other.setRemoteAddr("2001:db8:0:1::1");
            assertThat(status(context, other)).isEqualTo(200);
        });
    }

    @Test
    void aLimitCanBeForSomeMethods() {
        limited.withPropertyValues(LIMITS + "api.methods=post").run(context -> {
            assertThat(status(context, get("/api/books"))).isEqualTo(200);
            assertThat(send(context, get("/api/books")).getHeader("RateLimit")).isNull();
            MockHttpServletRequest post = get("/api/books");
            post.setMethod("POST");
            exhaust(context, post);
        });
    }

    @Test
    void requestsAreCountedByPrincipalWhoeverSendsThem() {
        limited.withPropertyValues(LIMITS + "api.by=principal").run(context -> {
            exhaust(context, by("ada", "192.0.2.1"));

            assertThat(status(context, by("ada", "192.0.2.2"))).isEqualTo(429);
            assertThat(status(context, by("bob", "192.0.2.1"))).isEqualTo(200);
            assertThat(status(context, get("/api/books")))
                    .as("nobody is logged in")
                    .isEqualTo(200);
            exhaust(context, get("/api/books"));
        });
    }

    private static MockHttpServletRequest by(String user, String address) {
        MockHttpServletRequest request = get("/api/books");
        request.setRemoteAddr(address);
        request.setUserPrincipal(() -> user);
        return request;
    }

    @Test
    void requestsAreCountedByHeaderAndWithoutOneByAddress() {
        limited.withPropertyValues(LIMITS + "api.by=header", LIMITS + "api.header=X-Api-Key")
                .run(context -> {
                    exhaust(context, withKey("one"));
                    assertThat(status(context, withKey("other"))).isEqualTo(200);
                    exhaust(context, get("/api/books"));
                });
    }

    private static MockHttpServletRequest withKey(String key) {
        MockHttpServletRequest request = get("/api/books");
        request.addHeader("X-Api-Key", key);
        return request;
    }

    @Test
    void severalLimitsHoldTogether() {
        limited.withPropertyValues(LIMITS + "all.paths=/**", LIMITS + "all.requests=100", LIMITS + "all.period=1m")
                .run(context -> assertThat(send(context, get("/api/books")).getHeaders("RateLimit-Policy"))
                        .containsExactlyInAnyOrder("\"api\";q=2;w=3600", "\"all\";q=100;w=60"));
    }

    @Test
    void theStoreDoesNotContainAddressesInClear() {
        limited.run(context -> {
            send(context, get("/api/books"));
            KvStore store = context.getBean(KvStore.class);

            assertThat(store.groups("")).containsExactly("rate-limit:requests", "rate-limit:secrets");
            assertThat(store.group("rate-limit:requests").keys(KvRange.all()))
                    .singleElement()
                    .asString()
                    .matches("api:[0-9a-f]{32}");
        });
    }

    @Test
    void anotherInstanceCountsOn(@TempDir Path directory) {
        WebApplicationContextRunner instance = limited.withPropertyValues("kvstore.path=" + directory.resolve("x.db"));
        instance.run(context -> exhaust(context, get("/api/books")));
        instance.run(context -> assertThat(status(context, get("/api/books"))).isEqualTo(429));
    }

    @ParameterizedTest
    @CsvSource({"open, 200", "closed, 503"})
    void aSettingSaysWhatHappensIfTheStoreFails(String onFailure, int status) {
        limited.withPropertyValues("kvstore.rate-limit.on-failure=" + onFailure).run(context -> {
            send(context, get("/api/books"));
            context.getBean(SqliteKvStore.class).close();

            assertThat(status(context, get("/api/books"))).isEqualTo(status);
            assertThat(status(context, get("/api/books"))).isEqualTo(status);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "api.paths=, paths",
        "api.paths=/{, paths",
        "api.requests=0, requests",
        "api.period=0s, period",
        "api.by=header, header",
        "api.header=X-Api-Key, header"
    })
    void aWrongLimitIsRefusedByItsName(String wrong, String property) {
        limited.withPropertyValues(LIMITS + wrong)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining(LIMITS + "api." + property));
    }

    @Test
    void withoutLimitsThereIsNoFilter() {
        host.run(context ->
                assertThat(context).hasSingleBean(KvProxyManager.class).doesNotHaveBean(RateLimitFilter.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvstore.rate-limit.enabled=false", "kvstore.enabled=false"})
    void aPropertyTurnsItOff(String property) {
        limited.withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ProxyManager.class)
                        .doesNotHaveBean(RateLimitFilter.class));
    }

    @Test
    void aProxyManagerOfTheHostWins() {
        try (SqliteKvStore own = SqliteKvStore.inMemory();
                CapturedLog log = new CapturedLog()) {
            KvProxyManager manager =
                    KvProxyManager.builder(own.group("x", byte[].class)).build();
            host.withBean("hosts", ProxyManager.class, () -> manager)
                    .run(context -> assertThat(context)
                            .hasSingleBean(ProxyManager.class)
                            .hasBean("hosts"));
            assertThat(log.lines("INFO")).anyMatch(line -> line.endsWith("has a ProxyManager, 'hosts'"));
        }
    }

    @Test
    void anApplicationThatIsNotForTheWebHasNoFilter() {
        Consumer<ApplicationContextRunner> check = runner -> runner.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(ProxyManager.class)
                .doesNotHaveBean("kvRateLimitFilter"));
        ApplicationContextRunner plain = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(KvStoreAutoConfiguration.class, KvRateLimitAutoConfiguration.class))
                .withPropertyValues(
                        "kvstore.path=:memory:",
                        LIMITS + "api.paths=/api/**",
                        LIMITS + "api.requests=2",
                        LIMITS + "api.period=1h");
        check.accept(plain);
        check.accept(plain.withClassLoader(new FilteredClassLoader(OncePerRequestFilter.class)));
    }

    @Test
    void itIsOffWithoutBucket4j() {
        limited.withClassLoader(new FilteredClassLoader(ProxyManager.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RateLimitFilter.class));
    }

    @Test
    void limitsByAddressComeBeforeASecurityFilterAndThoseByPrincipalAfter() {
        limited.run(context -> {
            assertThat(context.getBean("kvRateLimitFilter", RateLimitFilter.class)
                            .getOrder())
                    .isLessThan(-100);
            assertThat(context.getBean("kvRateLimitByPrincipalFilter", RateLimitFilter.class)
                            .getOrder())
                    .isGreaterThan(-100);
        });
    }
}
