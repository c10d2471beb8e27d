package dev.kvstore.settings;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for live settings. The
 * application injects the {@link KvSettingsBinder}:
 *
 * <pre>{@code
 * record Limits(int requests) {}
 *
 * @Bean
 * KvSettings<Limits> limits(KvSettingsBinder settings) {
 *     return settings.bind("limits", Limits.class);
 * }
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(after = KvStoreAutoConfiguration.class)
@ConditionalOnSingleCandidate(KvStore.class)
@ConditionalOnBooleanProperty(name = "kvstore.settings.enabled", matchIfMissing = true)
@EnableConfigurationProperties(KvSettingsProperties.class)
public final class KvSettingsAutoConfiguration {

    KvSettingsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    GroupWatch kvSettingsWatch(KvStore store, KvSettingsProperties properties) {
        if (properties.pollInterval().isNegative() || properties.pollInterval().isZero()) {
            throw new InvalidConfigurationPropertyValueException(
                    "kvstore.settings.poll-interval", properties.pollInterval(), "It must be longer than 0.");
        }
        return new GroupWatch(
                store, properties.watch() == KvSettingsProperties.Watch.CHANGES, properties.pollInterval());
    }

    @Bean
    @ConditionalOnMissingBean(KvSettingsBinder.class)
    StoreSettingsBinder kvSettingsBinder(KvStore store, GroupWatch watch, BeanFactory beans) {
        Validator validator =
                beans.containsBean("defaultValidator") ? beans.getBean("defaultValidator", Validator.class) : null;
        return new StoreSettingsBinder(store, watch, ApplicationConversionService.getSharedInstance(), validator);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Health {

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnEnabledHealthIndicator("kvsettings")
        static class Enabled {

            @Bean
            @ConditionalOnMissingBean(name = "kvSettingsHealthContributor")
            KvSettingsHealth kvSettingsHealthContributor(ObjectProvider<StoreSettingsBinder> settings) {
                return new KvSettingsHealth(settings);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    @ConditionalOnBooleanProperty(name = "kvstore.settings.show-values", havingValue = false, matchIfMissing = true)
    static class Sanitizing {

        @Bean
        @ConditionalOnMissingBean
        ImportedValues kvSettingsImportedValues() {
            return new ImportedValues();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EnvironmentChangeEvent.class)
    static class SpringCloud {

        @Bean
        @ConditionalOnMissingBean
        ImportedGroupRefresh kvSettingsImportedGroupRefresh(
                KvStore store,
                GroupWatch watch,
                ConfigurableEnvironment environment,
                ApplicationEventPublisher events) {
            return new ImportedGroupRefresh(store, watch, environment, events);
        }
    }
}
