package dev.kvstore.shedlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.sqlite.CapturedLog;
import java.time.Duration;
import java.util.Optional;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockAssert;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

class KvShedLockAutoConfigurationTest {

    private final ApplicationContextRunner host = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(KvStoreAutoConfiguration.class, KvShedLockAutoConfiguration.class))
            .withPropertyValues("kvstore.path=:memory:");

    @Test
    void theJarAloneGivesALockProvider() {
        try (CapturedLog log = new CapturedLog()) {
            host.run(context -> {
                lock(context.getBean(LockProvider.class));

                assertThat(context.getBean(KvStore.class)
                                .group("shedlock:locks")
                                .contains("job"))
                        .isTrue();
            });
            assertThat(log.lines("INFO")).contains("ShedLock's locks are in the store, in the group 'shedlock:locks'");
        }
    }

    @Test
    void theHostsLockProviderWins() {
        try (CapturedLog log = new CapturedLog()) {
            host.withUserConfiguration(HostsLockProvider.class)
                    .run(context -> assertThat(context)
                            .hasSingleBean(LockProvider.class)
                            .hasBean("hostsLockProvider"));
            assertThat(log.lines("INFO"))
                    .contains("ShedLock's locks are not in the store: the application has a LockProvider,"
                            + " 'hostsLockProvider'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvstore.shedlock.enabled=false", "kvstore.enabled=false"})
    void aPropertyTurnsItOff(String property) {
        host.withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(LockProvider.class)
                        .doesNotHaveBean(KvShedLockAutoConfiguration.class));
    }

    @Test
    void itIsOffWithoutShedLock() {
        host.withClassLoader(new FilteredClassLoader(LockProvider.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(KvLockProvider.class));
    }

    @Test
    void thePrefixOfTheGroupIsAProperty() {
        host.withPropertyValues("kvstore.shedlock.prefix=billing:").run(context -> {
            lock(context.getBean(LockProvider.class));

            assertThat(context.getBean(KvStore.class).groups("")).containsExactly("billing:locks");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aPrefixThatCannotBeIsRefusedByItsName(String prefix) {
        host.withPropertyValues("kvstore.shedlock.prefix=" + prefix)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("kvstore.shedlock.prefix"));
    }

    @Test
    void locksAreDurableUnlessAPropertySaysOtherwise() {
        host.run(context -> assertThat(context.getBean(KvShedLockProperties.class))
                .hasToString("KvShedLockProperties[enabled=true, prefix=shedlock:, durability=FULL]"));
        host.withPropertyValues("kvstore.shedlock.durability=normal")
                .run(context -> assertThat(
                                context.getBean(KvShedLockProperties.class).durability())
                        .hasToString("NORMAL"));
    }

    @Test
    void aJobRunsUnderALock() {
        host.withUserConfiguration(Job.class).run(context -> {
            Job job = context.getBean(Job.class);
            assertThat(job.run()).isEqualTo(1);
            assertThat(job.run()).as("it is locked for at least an hour").isNull();
        });
    }

    @Test
    void aHostCanInjectTheProviderLazily() {
        host.withUserConfiguration(LazyHost.class)
                .run(context -> assertThat(
                                context.getBean(LazyHost.class).provider.lock(configuration()))
                        .isPresent());
    }

    private static void lock(LockProvider provider) {
        assertThat(provider.lock(configuration())).isPresent();
    }

    private static LockConfiguration configuration() {
        return new LockConfiguration(ClockProvider.now(), "job", Duration.ofMinutes(1), Duration.ZERO);
    }

    @Configuration(proxyBeanMethods = false)
    static class HostsLockProvider {

        @Bean
        LockProvider hostsLockProvider() {
            return configuration -> Optional.empty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableSchedulerLock(defaultLockAtMostFor = "1h")
    static class Job {

        private int runs;

        @SchedulerLock(name = "job", lockAtLeastFor = "1h")
        public Integer run() {
            LockAssert.assertLocked();
            return ++runs;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyHost {

        final KvLockProvider provider;

        LazyHost(@Lazy KvLockProvider provider) {
            this.provider = provider;
        }
    }
}
