package dev.kvstore.settings;

import org.springframework.boot.context.properties.bind.Bindable;

/**
 * Creates live settings from groups of the store. The bean of this type is auto-configured; usually each record of
 * settings becomes a bean of its own:
 *
 * <pre>{@code
 * record Limits(int requests, Duration window) {}
 *
 * @Bean
 * KvSettings<Limits> limits(KvSettingsBinder settings) {
 *     return settings.bind("limits", Limits.class);
 * }
 * }</pre>
 *
 * <p>The keys of the group are names of properties: {@code requests}, {@code window}, {@code tiers[0].name}. They are
 * bound as configuration properties are, with the same conversions and {@code @DefaultValue}. Thread-safe.
 *
 * @since 0.1
 */
public interface KvSettingsBinder {

    /**
     * Binds a group, and watches it until the application ends.
     *
     * @param type a record, or a class that can be bound as configuration properties; with {@code @Validated} it is
     *     validated
     * @throws KvSettingsException if the group cannot be bound now
     * @throws IllegalArgumentException if the group cannot have this name
     */
    default <T> KvSettings<T> bind(String group, Class<T> type) {
        return bind(group, Bindable.of(type));
    }

    /**
     * Binds a group to a type that a class cannot express, such as a list, and watches it until the application ends.
     *
     * @throws KvSettingsException if the group cannot be bound now
     * @throws IllegalArgumentException if the group cannot have this name
     */
    <T> KvSettings<T> bind(String group, Bindable<T> type);
}
