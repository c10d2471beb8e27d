package dev.kvstore.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvObserver;
import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.autoconfigure.KvStoreClock;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The meters of the store. */
class KvStoreMetersTest {

    @TempDir
    Path directory;

    private ApplicationContextRunner host;

    @BeforeEach
    void configure() {
        host = withMetrics(Monitored.withStoreIn(directory.resolve("kvstore.db")));
    }

    static ApplicationContextRunner withMetrics(ApplicationContextRunner host) {
        return host.withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        ObservationAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class);
    }

    static Set<String> names(MeterRegistry registry) {
        Set<String> names = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            names.add(meter.getId().getName());
        }
        return names;
    }

    @Test
    void operationsAreTimedByNameAndOutcome() {
        // With an observer of the host that wants each read, none is left out.
        host.withBean(CommitCount.class, CommitCount::new).run(context -> {
            KvStore store = context.getBean(KvStore.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            store.set("group", "key", Secrets.VALUE);
            store.get("group", "key");
            store.get("group", "other");
            context.getBean(SqliteKvStore.class).close();
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> store.get("group", "key"));

            assertThat(registry.get("kvstore.operations")
                            .tags("operation", "get", "outcome", "success")
                            .functionTimer()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("kvstore.operations")
                            .tags("operation", "get", "outcome", "failure")
                            .functionTimer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("kvstore.operations")
                            .tags("operation", "set", "outcome", "success")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void oneReadOfSixteenStandsForAll() {
        host.withPropertyValues("kvstore.path=:memory:").run(context -> {
            KvStore store = context.getBean(KvStore.class);
            for (int i = 0; i < 16_000; i++) {
                store.get("group", "key");
            }
            // The standard deviation is 490.
            assertThat(context.getBean(MeterRegistry.class)
                            .get("kvstore.operations")
                            .tags("operation", "get", "outcome", "success")
                            .functionTimer()
                            .count())
                    .isBetween(12_000.0, 20_000.0);
        });
    }

    @Test
    void commitsBatchesAndPurgesAreCounted() {
        host.withUserConfiguration(ClockOfTheStore.class).run(context -> {
            KvStore store = context.getBean(KvStore.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            store.set("group", "key", Secrets.VALUE, Duration.ofMinutes(1));
            store.set("group", "other", Secrets.VALUE);

            assertThat(registry.get("kvstore.commit").timer().count()).isEqualTo(2);
            assertThat(registry.get("kvstore.commit.batch").summary().max()).isEqualTo(1);
            context.getBean(MovedClock.class).move(Duration.ofMinutes(2));
            store.purgeExpired();
            assertThat(registry.get("kvstore.purged").counter().count()).isEqualTo(1);
        });
    }

    @Test
    void sizesAreInBytes() {
        host.run(context -> {
            context.getBean(KvStore.class).set("group", "key", "v".repeat(100_000));
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("kvstore.wal.size").gauge().value()).isGreaterThan(100_000);
            assertThat(registry.get("kvstore.wal.size").gauge().getId().getBaseUnit())
                    .isEqualTo("bytes");
            assertThat(registry.get("kvstore.file.size").gauge().value()).isPositive();
            assertThat(registry.get("kvstore.pending").gauge().value()).isZero();
        });
    }

    @Test
    void noTagIsAGroupOrAKey() {
        host.run(context -> {
            KvStore store = context.getBean(KvStore.class);
            store.set("a group", "a key", Secrets.VALUE);
            store.get("a group", "a key");
            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .extracting(meter -> meter.getId().toString())
                    .noneMatch(id -> id.contains("a group") || id.contains("a key"));
        });
    }

    @Test
    void theNearCacheIsAmongTheCaches() {
        host.withPropertyValues("kvstore.near-cache.enabled=true").run(context -> {
            KvStore store = context.getBean(KvStore.class);
            store.set("group", "key", Secrets.VALUE);
            store.get("group", "key");
            store.get("group", "key");
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("cache.gets")
                            .tags("cache", "kvstore", "result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.gets")
                            .tags("cache", "kvstore", "result", "miss")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.size").gauge().value()).isEqualTo(1);
            assertThat(registry.get("cache.evictions").functionCounter().count())
                    .isZero();
            assertThat(registry.get("cache.puts").functionCounter().count()).isEqualTo(1);
        });
    }

    @Test
    void aRegistryThatComesLaterHasTheSameMeters() {
        host.run(context -> {
            MeterRegistry later = new SimpleMeterRegistry();
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            context.getBean(KvStoreMeters.class).bindTo(later);
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            assertThat(later.get("kvstore.operations").timer().count()).isEqualTo(1);
            assertThat(context.getBean(SimpleMeterRegistry.class)
                            .get("kvstore.operations")
                            .timer()
                            .count())
                    .isEqualTo(2);
        });
    }

    @Test
    void withoutARegistryReadsAreNotObserved() {
        Monitored.withStoreIn(directory.resolve("kvstore.db")).run(context -> {
            assertThat(context).doesNotHaveBean(KvStoreMeters.class);
            assertThat(new ObserverChain(context.getBeanProvider(KvObserver.class).stream()
                                    .toList())
                            .readsPerObservation())
                    .isZero();
        });
    }

    @Test
    void aPropertyTurnsThemOff() {
        host.withPropertyValues("kvstore.metrics.enabled=false").run(context -> {
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            assertThat(names(context.getBean(MeterRegistry.class))).noneMatch(name -> name.startsWith("kvstore"));
        });
    }

    @Test
    void aStoreOfTheHostHasNoMetersUnlessItsBuilderTakesTheObserver() {
        host.withBean("ofTheHost", KvStore.class, SqliteKvStore::inMemory).run(context -> {
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            assertThat(names(context.getBean(MeterRegistry.class))).noneMatch(name -> name.startsWith("kvstore"));
        });
    }

    @Test
    void observersOfTheHostAreCalledToo() {
        CommitCount count = new CommitCount();
        host.withBean(CommitCount.class, () -> count).run(context -> {
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            assertThat(count.commits).isEqualTo(1);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("kvstore.commit")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void observationsAreOffByDefault() {
        host.run(context -> {
            assertThat(context).hasSingleBean(ObservationRegistry.class);
            assertThat(context).doesNotHaveBean(KvStoreObservations.class);
        });
    }

    @Test
    void observationsReplaceTheTimer() {
        host.withPropertyValues("kvstore.observations.enabled=true").run(context -> {
            KvStore store = context.getBean(KvStore.class);
            store.set("group", "key", Secrets.VALUE);
            store.get("group", "key");
            context.getBean(SqliteKvStore.class).close();
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> store.get("group", "key"));

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("kvstore.operations")
                            .tags("operation", "get", "outcome", "success", "exception", "none")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("kvstore.operations")
                            .tags("operation", "get", "outcome", "failure", "exception", "KvClosedException")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("kvstore.commit").timer().count()).isEqualTo(1);
        });
    }

    static final class CommitCount implements KvObserver {

        int commits;

        @Override
        public void committed(int writes, long nanos) {
            commits++;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ClockOfTheStore {

        @Bean
        @KvStoreClock
        MovedClock storeClock() {
            return new MovedClock();
        }
    }
}
