package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.secrets.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** Beans of a host that customize the auto-configured store. */
class KvStoreBuilderCustomizerTest {

    @TempDir
    Path directory;

    private ApplicationContextRunner host;

    @BeforeEach
    void configure() {
        host = Hosts.withStoreIn(directory.resolve("kvstore.db"));
    }

    @Test
    void customizersRunInTheirOrderAndAfterTheProperties() {
        host.withUserConfiguration(TwoCustomizers.class)
                .withPropertyValues("kvstore.max-value-size=1KB")
                .run(context -> {
                    KvStore store = context.getBean(KvStore.class);
                    store.set("group", "key", "1234");
                    assertThatExceptionOfType(KvLimitException.class)
                            .isThrownBy(() -> store.set("group", "key", "12345"));
                });
    }

    @Test
    void aQualifiedClockIsTheClockOfTheStore() {
        host.withUserConfiguration(ClockOfTheStore.class).run(context -> {
            KvStore store = context.getBean(KvStore.class);
            store.set("group", "key", Secrets.VALUE, Duration.ofHours(1));
            context.getBean(MovedClock.class).move(Duration.ofMinutes(61));
            assertThat(store.get("group", "key")).isEmpty();
        });
    }

    @Test
    void theStoreIgnoresAnUnqualifiedClock() {
        host.withUserConfiguration(ClockOfTheHost.class).run(context -> {
            KvStore store = context.getBean(KvStore.class);
            store.set("group", "key", Secrets.VALUE, Duration.ofHours(1));
            assertThat(store.get("group", "key")).contains(Secrets.VALUE);
        });
    }

    @Test
    void theStoreStartsWithAQualifiedClockAmongOthers() {
        host.withUserConfiguration(ClockOfTheStore.class, ClockOfTheHost.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void twoQualifiedClocksAreAnError() {
        host.withUserConfiguration(ClockOfTheStore.class)
                .withUserConfiguration(SecondClockOfTheStore.class)
                .run(context ->
                        assertThat(context).getFailure().hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class));
    }

    @Test
    void theStoreIsNamedSqliteKvStoreIfTheHostsBeanKvStoreHasAnotherType() {
        host.withBean("kvStore", String.class, () -> "the host's own").run(context -> {
            assertThat(context.getBean("kvStore")).isEqualTo("the host's own");
            assertThat(context).hasSingleBean(KvStore.class).hasBean("sqliteKvStore");
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoCustomizers {

        @Bean
        @Order(2)
        KvStoreBuilderCustomizer last() {
            return builder -> builder.maxValueSize(DataSize.ofBytes(4));
        }

        @Bean
        @Order(1)
        KvStoreBuilderCustomizer first() {
            return builder -> builder.maxValueSize(DataSize.ofBytes(2));
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

    @Configuration(proxyBeanMethods = false)
    static class SecondClockOfTheStore {

        @Bean
        @KvStoreClock
        InstantSource secondStoreClock() {
            return InstantSource.system();
        }
    }

    /** With this clock, an entry with a ttl of one hour would expire at once. */
    @Configuration(proxyBeanMethods = false)
    static class ClockOfTheHost {

        @Bean
        Clock hostClock() {
            Clock system = Clock.systemUTC();
            return new Clock() {
                private Duration ahead = Duration.ZERO;

                @Override
                public ZoneId getZone() {
                    return system.getZone();
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    ahead = ahead.plusDays(1);
                    return system.instant().plus(ahead);
                }
            };
        }
    }
}
