package dev.kvstore.session;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.session.FlushMode;
import org.springframework.util.ClassUtils;

/** Makes a repository from the properties; the error for an invalid value names the property. */
final class KvSessionSettings {

    private static final String JACKSON = "tools.jackson.databind.json.JsonMapper";

    private final KvSessionProperties properties;

    KvSessionSettings(KvSessionProperties properties) {
        this.properties = properties;
    }

    KvSessionRepository repository(KvStore store, InstantSource clock, AttributeCodec codec, Duration timeout) {
        String prefix = properties.prefix();
        require(
                !prefix.isBlank() && prefix.charAt(0) != '\0',
                "prefix",
                prefix,
                "It must not be empty, and must not begin with U+0000");
        KvSessionRepository repository = new KvSessionRepository(store, prefix, clock, codec);
        repository.setDefaultMaxInactiveInterval(timeout);
        repository.setDurability(properties.durability());
        repository.setSaveMode(properties.saveMode());
        repository.setFlushMode(properties.flushMode());
        return repository;
    }

    AttributeCodec codec(ClassLoader loader, List<String> packagesOfApplication) {
        return switch (properties.serialization()) {
            case JDK -> jdk(loader);
            case JSON -> json(loader, packagesOfApplication);
        };
    }

    private AttributeCodec jdk(ClassLoader loader) {
        try {
            return new JdkAttributeCodec(loader, properties.serializationFilter());
        } catch (IllegalArgumentException e) {
            throw refused(
                    "serialization-filter",
                    properties.serializationFilter(),
                    "It must be a pattern as in the system property 'jdk.serialFilter': " + e.getMessage());
        }
    }

    private AttributeCodec json(ClassLoader loader, List<String> packagesOfApplication) {
        require(
                ClassUtils.isPresent(JACKSON, loader),
                "serialization",
                "json",
                "It needs Jackson 3: add the dependency tools.jackson.core:jackson-databind, or use 'jdk'");
        List<String> trusted = new ArrayList<>(packagesOfApplication);
        trusted.addAll(properties.trustedPackages());
        return new JsonAttributeCodec(loader, trusted);
    }

    /** Time between two searches for expired sessions; zero for none. */
    Duration cleanupInterval() {
        Duration interval = properties.cleanupInterval();
        require(
                !interval.isNegative(),
                "cleanup-interval",
                interval,
                "It must not be negative; 0 turns the search for expired sessions off");
        return interval;
    }

    /** A session of WebFlux is changed on the event loop, where nothing may wait for the store. */
    void requireNoImmediateFlush() {
        require(
                properties.flushMode() != FlushMode.IMMEDIATE,
                "flush-mode",
                "immediate",
                "It would block the event loop of WebFlux: use 'on-save'");
    }

    private static void require(boolean valid, String property, Object value, String reason) {
        if (!valid) {
            throw refused(property, value, reason + ".");
        }
    }

    private static InvalidConfigurationPropertyValueException refused(String property, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException("kvstore.session." + property, value, reason);
    }
}
