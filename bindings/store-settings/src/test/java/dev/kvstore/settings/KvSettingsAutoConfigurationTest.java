package dev.kvstore.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.secrets.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/** The beans of the binding. */
class KvSettingsAutoConfigurationTest {

    private final ApplicationContextRunner host = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ConfigurationPropertiesAutoConfiguration.class,
                    KvStoreAutoConfiguration.class,
                    KvSettingsAutoConfiguration.class))
            .withPropertyValues("kvstore.path=:memory:", "kvstore.purge-interval=0");

    private static Health health(ConfigurableApplicationContext context) {
        return Objects.requireNonNull(context.getBean("kvSettingsHealthContributor", HealthIndicator.class)
                .health());
    }

    @Test
    void settingsAreABeanOfTheApplication() {
        host.withUserConfiguration(WithLimits.class).run(context -> {
            assertThat(context.getBean(WithLimits.class)).isNotNull();
            KvSettings<?> limits = context.getBean(KvSettings.class);
            assertThat(limits.group()).isEqualTo("limits");
            context.getBean(KvStore.class).set("limits", "requests", "7");
            await().until(() -> ((Limits) limits.get()).requests() == 7);
        });
    }

    @Test
    void aPropertyOrAMissingStoreTurnsItOff() {
        host.withPropertyValues("kvstore.settings.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(KvSettingsBinder.class));
        host.withPropertyValues("kvstore.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(KvSettingsBinder.class));
    }

    @Test
    void aBinderOfTheHostWins() {
        host.withBean(KvSettingsBinder.class, NoSettings::new).run(context -> {
            assertThat(context).hasSingleBean(KvSettingsBinder.class);
            assertThat(health(context)).isEqualTo(Health.up().build());
        });
    }

    @Test
    void withoutActuatorAndSpringCloudOnlyTheSettingsRemain() {
        host.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.health",
                        "org.springframework.boot.actuate",
                        "org.springframework.cloud"))
                .withUserConfiguration(WithLimits.class)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(KvSettings.class));
    }

    @Test
    void aRefusedGroupIsInTheHealthWithoutItsValue() {
        host.withUserConfiguration(WithLimits.class).run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            context.getBean(KvStore.class).set("limits", "window", Secrets.VALUE);
            context.getBean(KvSettings.class).refresh();

            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
            assertThat(health.getDetails().toString())
                    .contains("limits", "'window'")
                    .doesNotContain(Secrets.VALUE);
        });
    }

    @Test
    void theHealthCanBeTurnedOff() {
        host.withPropertyValues("management.health.kvsettings.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("kvSettingsHealthContributor"));
    }

    @Test
    void theValidatorOfTheApplicationIsUsed() {
        host.withBean("defaultValidator", Validator.class, FewRequests::new)
                .withUserConfiguration(WithLimits.class)
                .run(context -> {
                    context.getBean(KvStore.class).set("limits", "requests", "7");
                    KvSettings<?> limits = context.getBean(KvSettings.class);
                    limits.refresh();
                    assertThat(limits.refusal().orElseThrow()).contains("BindValidationException");
                });
    }

    @Test
    void settingsThatAreWrongAtTheStartFailItWithAnAnalysis() {
        host.withUserConfiguration(WithWrongEntries.class).run(context -> {
            Throwable failure = context.getStartupFailure();
            FailureAnalysis analysis =
                    Objects.requireNonNull(new KvSettingsFailureAnalyzer().analyze(Objects.requireNonNull(failure)));
            assertThat(analysis.getDescription()).contains("'window' of the group 'limits'");
            assertThat(analysis.getAction()).contains("'limits'");
            assertThat(analysis.getDescription()).doesNotContain(Secrets.VALUE);
        });
    }

    @Test
    void aPollIntervalOfZeroFailsTheStart() {
        host.withPropertyValues("kvstore.settings.poll-interval=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("kvstore.settings.poll-interval"));
    }

    @Test
    void valuesOfImportedGroupsAreAsterisksInEndpoints() {
        SanitizableData imported =
                new SanitizableData(new MapPropertySource("kvstore:settings", Map.of()), "key", Secrets.VALUE);
        SanitizableData other =
                new SanitizableData(new MapPropertySource("application", Map.of()), "key", Secrets.VALUE);
        host.run(context -> {
            ImportedValues values = context.getBean(ImportedValues.class);
            assertThat(values.apply(imported).getValue()).isEqualTo("******");
            assertThat(values.apply(other).getValue()).isEqualTo(Secrets.VALUE);
        });
        host.withPropertyValues("kvstore.settings.show-values=true")
                .run(context -> assertThat(context).doesNotHaveBean(ImportedValues.class));
    }

    @Test
    void springCloudIsToldWhichKeysOfAnImportedGroupChanged() {
        List<EnvironmentChangeEvent> events = new ArrayList<>();
        host.withInitializer(context -> {
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(ImportedGroup.of("settings", Map.of("greeting", "old", "gone", "x")));
                    ApplicationListener<EnvironmentChangeEvent> listener = events::add;
                    context.addApplicationListener(listener);
                })
                .run(context -> {
                    KvStore store = context.getBean(KvStore.class);
                    store.group("settings").setAll(Map.of("greeting", "new", "come", "y"));
                    await().until(() -> "new".equals(context.getEnvironment().getProperty("greeting")));
                    await().until(() -> "y".equals(context.getEnvironment().getProperty("come")));
                    await().until(() ->
                            events.stream().anyMatch(event -> event.getKeys().contains("greeting")));
                    assertThat(context.getEnvironment().getProperty("gone")).isNull();

                    store.set("settings", "kvstore.path", "elsewhere");
                    store.set("settings", "greeting", "newer");
                    store.delete("settings", "kvstore.path");
                    await().until(() -> "newer".equals(context.getEnvironment().getProperty("greeting")));
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class WithLimits {

        @Bean
        KvSettings<Limits> limits(KvSettingsBinder settings) {
            return settings.bind("limits", Limits.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithWrongEntries {

        @Bean
        KvSettings<Limits> limits(KvStore store, KvSettingsBinder settings) {
            store.set("limits", "window", Secrets.VALUE);
            return settings.bind("limits", Limits.class);
        }
    }

    /** Allows the defaults only. */
    private static final class FewRequests implements Validator {

        @Override
        public boolean supports(Class<?> type) {
            return type == Limits.class;
        }

        @Override
        public void validate(Object target, Errors errors) {
            if (((Limits) target).requests() != 100) {
                errors.reject("requests");
            }
        }
    }

    private static final class NoSettings implements KvSettingsBinder {

        @Override
        public <T> KvSettings<T> bind(String group, Bindable<T> type) {
            throw new IllegalStateException("not in this test");
        }
    }
}
