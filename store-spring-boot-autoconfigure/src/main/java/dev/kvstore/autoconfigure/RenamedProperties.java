package dev.kvstore.autoconfigure;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/** Renamed properties. An old name is an error: if it were ignored, the setting would silently have no effect. */
final class RenamedProperties {

    static final Map<String, String> NEW_NAMES = Map.of(
            "kvstore.cache.enabled", "kvstore.near-cache.enabled",
            "kvstore.cache.max-size", "kvstore.near-cache.max-size");

    private RenamedProperties() {}

    static void refuseIn(Environment environment) {
        Binder binder = Binder.get(environment);
        NEW_NAMES.forEach((old, renamed) -> binder.bind(old, String.class).ifBound(value -> {
            throw new InvalidConfigurationPropertyValueException(old, value, "It was renamed to '" + renamed + "'.");
        }));
    }
}
