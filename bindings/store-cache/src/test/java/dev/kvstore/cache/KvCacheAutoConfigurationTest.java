package dev.kvstore.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jayway.jsonpath.InvalidPathException;
import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.CapturedLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class KvCacheAutoConfigurationTest {

    private final ApplicationContextRunner host = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    KvStoreAutoConfiguration.class,
                    KvCacheAutoConfiguration.class,
                    CacheAutoConfiguration.class,
                    CacheMetricsAutoConfiguration.class))
            .withUserConfiguration(Host.class)
            .withPropertyValues("kvstore.path=:memory:");

    private static Cache cache(CacheManager manager, String name) {
        return Objects.requireNonNull(manager.getCache(name));
    }

    @Test
    void theJarAloneKeepsTheCachesInTheStore() {
        host.run(context -> {
            CacheManager manager = context.getBean(CacheManager.class);
            assertThat(manager).isInstanceOf(KvCacheManager.class);
            assertThat(context).hasBean("cacheManager");

            cache(manager, "books").put("1", Book.of("1"));

            assertThat(cache(manager, "books").get("1", Book.class)).isEqualTo(Book.of("1"));
            assertThat(context.getBean(KvStore.class).groups("")).containsExactly("cache:books", "cache:books#index");
        });
    }

    @Test
    void aCacheManagerOfTheHostWins() {
        try (CapturedLog log = new CapturedLog()) {
            host.withBean(ConcurrentMapCacheManager.class)
                    .run(context -> assertThat(context)
                            .hasSingleBean(CacheManager.class)
                            .doesNotHaveBean(KvCacheManager.class));
            assertThat(log.lines("INFO")).anyMatch(line -> line.startsWith("The caches are not in the store"));
        }
    }

    @Test
    void aCacheResolverOfTheHostWins() {
        host.withUserConfiguration(HostsResolver.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheManager.class));
    }

    @Test
    void theHostsChoiceOfATypeWins() {
        host.withPropertyValues("spring.cache.type=simple")
                .run(context -> assertThat(context).hasSingleBean(ConcurrentMapCacheManager.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvstore.caches.enabled=false", "kvstore.enabled=false"})
    void aPropertyLeavesTheCachesToSpringBoot(String property) {
        host.withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ConcurrentMapCacheManager.class));
    }

    @Test
    void nothingIsConfiguredWithoutEnableCaching() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KvStoreAutoConfiguration.class, KvCacheAutoConfiguration.class, CacheAutoConfiguration.class))
                .withPropertyValues("kvstore.path=:memory:")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheManager.class));
    }

    @Test
    void aCacheHasItsSettings() {
        host.withPropertyValues(
                        "kvstore.caches.enabled=true",
                        "kvstore.caches.books.ttl=10m",
                        "kvstore.caches.books.type=" + Book.class.getName(),
                        "kvstore.caches.books.durability=full",
                        "kvstore.caches[two.words].max-entries=2")
                .run(context -> {
                    CacheManager manager = context.getBean(CacheManager.class);
                    KvStore store = context.getBean(KvStore.class);
                    assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("books", "two.words");

                    cache(manager, "books").put("1", Book.of("1"));
                    assertThat(store.require("cache:books", "s:1"))
                            .isEqualTo("{\"value\":{\"isbn\":\"1\",\"authors\":[\"Ada\"]}}");
                    assertThat(store.group("cache:books")
                                    .entry("s:1")
                                    .orElseThrow()
                                    .expiresAt())
                            .isPresent();
                    for (int i = 0; i < 3; i++) {
                        cache(manager, "two.words").put(i, i);
                    }
                    assertThat(store.group("cache:two.words").count()).isEqualTo(2);
                });
    }

    @Test
    void theNamesAndTheDefaultsAreProperties() {
        host.withPropertyValues(
                        "spring.cache.cache-names=books",
                        "kvstore.cache-manager.default-ttl=0",
                        "kvstore.cache-manager.default-max-entries=1",
                        "kvstore.cache-manager.prefix=shop:cache:",
                        "kvstore.cache-manager.default-durability=full")
                .run(context -> {
                    CacheManager manager = context.getBean(CacheManager.class);
                    assertThat(manager.getCacheNames()).containsExactly("books");
                    cache(manager, "books").put(1, 1);
                    cache(manager, "books").put(2, 2);

                    KvStore store = context.getBean(KvStore.class);
                    assertThat(store.group("shop:cache:books").count()).isEqualTo(1);
                    assertThat(context.getBean(KvCacheManagerProperties.class).defaultDurability())
                            .isEqualTo(Durability.FULL);
                });
    }

    @Test
    void theManagerCanWaitForTransactions() {
        host.withPropertyValues("kvstore.cache-manager.transaction-aware=true")
                .run(context -> assertThat(cache(context.getBean(CacheManager.class), "books"))
                        .isInstanceOf(TransactionAwareCacheDecorator.class));
    }

    @Test
    void customizersOfTheHostAreApplied() {
        host.withUserConfiguration(Customizer.class)
                .run(context -> assertThat(context.getBean(KvCacheManager.class).isTransactionAware())
                        .isTrue());
    }

    @Test
    void aCacheWithoutBoundIsRefusedWithAdvice() {
        host.withPropertyValues("kvstore.caches.books.durability=full").run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("The cache 'books' has neither a ttl nor a maximum");
            assertThat(analysis.getAction())
                    .contains("'kvstore.caches.books.ttl'", "'kvstore.caches.books.max-entries'");
        });
    }

    @Test
    void defaultsWithoutBoundAreRefusedWithAdvice() {
        host.withPropertyValues("kvstore.cache-manager.default-ttl=0", "kvstore.cache-manager.default-max-entries=0")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("'kvstore.cache-manager.default-ttl'"));
    }

    private static FailureAnalysis analysis(@Nullable Throwable failure) {
        return Objects.requireNonNull(new UnboundedCacheFailureAnalyzer().analyze(Objects.requireNonNull(failure)));
    }

    @ParameterizedTest
    @CsvSource({
        "kvstore.caches.books.ttl=0s, kvstore.caches.books.ttl",
        "kvstore.caches.books.max-entries=0, kvstore.caches.books.max-entries",
        "kvstore.caches.books.type=com.example.Missing, kvstore.caches.books.type",
        "kvstore.caches.books.tll=1h, kvstore.caches.books.tll",
        "kvstore.cache-manager.default-ttl=-1s, kvstore.cache-manager.default-ttl",
        "kvstore.cache-manager.default-max-entries=-1, kvstore.cache-manager.default-max-entries",
        "kvstore.cache-manager.prefix=, kvstore.cache-manager.prefix",
        "kvstore.cache-manager.allowed-classes=.*, kvstore.cache-manager.allowed-classes"
    })
    void aWrongPropertyIsNamed(String wrong, String property) {
        host.withPropertyValues("kvstore.caches.books.ttl=1h", wrong)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .extracting(Throwable::toString)
                        .asString()
                        .contains(property));
    }

    @Test
    void aClassOutsideOfTheApplicationMustBeAllowed() {
        host.run(context -> assertThatIllegalArgumentException()
                .isThrownBy(() -> cache(context.getBean(CacheManager.class), "books")
                        .put("1", new InvalidPathException(Secrets.VALUE)))
                .withMessageContainingAll("'kvstore.cache-manager.allowed-classes'", "'kvstore.caches.books.type'")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(Secrets.VALUE)));
        host.withPropertyValues("kvstore.cache-manager.allowed-classes=com.jayway.**")
                .run(context ->
                        cache(context.getBean(CacheManager.class), "books").put("1", new InvalidPathException("path")));
    }

    @Test
    void aValueThatCannotBeStoredIsRefusedByItsClass() {
        host.withPropertyValues("kvstore.caches.json.ttl=1h", "kvstore.caches.json.type=" + Book.class.getName())
                .run(context -> {
                    CacheManager manager = context.getBean(CacheManager.class);
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> cache(manager, "books").put("1", new Host()))
                            .withMessageContainingAll(Host.class.getName(), "'kvstore.caches.books.type'");
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> cache(manager, "json").put("1", "text"))
                            .withMessageContainingAll(Book.class.getName(), "java.lang.String");
                });
    }

    @Test
    void cachesMadeOnDemandHaveMetersToo() {
        host.withBean(SimpleMeterRegistry.class)
                .withPropertyValues("spring.cache.cache-names=named")
                .run(context -> {
                    CacheManager manager = context.getBean(CacheManager.class);
                    for (String name : List.of("named", "on-demand")) {
                        Cache cache = cache(manager, name);
                        cache.get("1");
                        cache.put("1", "one");
                        cache.get("1");
                        cache.get("1");

                        assertThat(gets(context.getBean(MeterRegistry.class), name, "hit"))
                                .isEqualTo(2);
                        assertThat(gets(context.getBean(MeterRegistry.class), name, "miss"))
                                .isEqualTo(1);
                    }
                });
    }

    private static double gets(MeterRegistry registry, String cache, String result) {
        return registry.get("cache.gets")
                .tags("name", cache, "cache.manager", "cacheManager", "result", result)
                .functionCounter()
                .count();
    }

    @Test
    void metersNeedMicrometerOnly() {
        host.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(KvCacheManager.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @AutoConfigurationPackage
    static class Host {}

    @Configuration(proxyBeanMethods = false)
    static class HostsResolver implements CachingConfigurer {

        @Bean
        @Override
        public CacheResolver cacheResolver() {
            return unused -> List.of();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizer {

        @Bean
        CacheManagerCustomizer<KvCacheManager> customizer() {
            return manager -> manager.setTransactionAware(true);
        }
    }
}
