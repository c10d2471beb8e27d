package dev.kvstore.autoconfigure;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Properties that have another name now. An old name is an error: ignored, it would silently switch off what somebody
 * switched on.
 */
final class RenamedProperties {

    static final Map<String, String> NEW_NAMES = Map.of(
            "kvstore.cache.enabled", "kvstore.near-cache.enabled",
            "kvstore.cache.max-size", "kvstore.near-cache.max-size");

    private RenamedProperties() {}

    static void refuseIn(Environment environment) {
        Binder binder = Binder.get(environment);
        NEW_NAMES.forEach((old, now) -> binder.bind(old, String.class).ifBound(value -> {
            throw new InvalidConfigurationPropertyValueException(old, value, "It is named '" + now + "' now.");
        }));
    }
}
