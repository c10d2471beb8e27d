package dev.kvstore.autoconfigure;

import dev.kvstore.TemplateSettings;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the store, from its properties. The error for an invalid value names the property.
 *
 * <p>Values are checked here and not during property binding, where Boot's failure analysis would name neither
 * property nor value.
 */
final class KvStoreSettings {

    private static final String PREFIX = "kvstore.";

    private static final String MEMORY = ":memory:";

    private final KvStoreProperties properties;

    KvStoreSettings(KvStoreProperties properties) {
        this.properties = properties;
    }

    /** Time between two purges; zero for none. */
    Duration purgeInterval() {
        Duration interval = properties.purgeInterval();
        check("purge-interval", interval, !interval.isNegative(), "It must not be negative; 0 turns the purge off.");
        return properties.readOnly() ? Duration.ZERO : interval;
    }

    /** The builder, ready to open the store, after a check of all properties, including those of the purge. */
    SqliteKvStore.Builder store() {
        purgeInterval();
        SqliteKvStore.Builder store = SqliteKvStore.builder().settingNames(KvStoreSettings::property);
        chooseLocation(store);
        store.durability(properties.durability());
        store.readOnly(properties.readOnly());
        apply("busy-timeout", properties.busyTimeout(), store::busyTimeout);
        if (properties.readers() != null) {
            apply("readers", properties.readers(), store::readers);
        }
        apply("max-key-size", properties.maxKeySize(), store::maxKeySize);
        apply("max-value-size", properties.maxValueSize(), store::maxValueSize);
        chooseNearCache(store);
        apply("changes.retention", properties.changes().retention(), store::changesRetention);
        apply("changes.max-size", properties.changes().maxSize(), store::changesMaxSize);
        store.templates(templates());
        return store;
    }

    /** The property of a setting: 'kvstore.max-value-size' of 'maxValueSize'. */
    static String property(String setting) {
        return PREFIX + DataObjectPropertyName.toDashedForm(setting);
    }

    private void chooseNearCache(SqliteKvStore.Builder store) {
        KvStoreProperties.NearCache cache = properties.nearCache();
        if (cache.enabled()) {
            try {
                apply("near-cache.max-size", cache.maxSize(), store::nearCache);
            } catch (IllegalStateException e) {
                throw new InvalidConfigurationPropertyValueException(
                        "kvstore.near-cache.enabled", true, e.getMessage());
            }
        }
    }

    boolean usesJsonMapperOfHost() {
        return properties.json().mapper() == KvStoreProperties.Json.Mapper.HOST;
    }

    TemplateSettings templates() {
        KvStoreProperties.Template template = properties.template();
        String prefix = template.prefix();
        check("template.prefix", prefix, prefix.endsWith("/"), "It must be a resource location that ends in a slash.");
        checkSize("template.max-length", template.maxLength());
        checkSize("template.max-output", template.maxOutput());
        Duration timeout = template.timeout();
        check("template.timeout", timeout, timeout.compareTo(Duration.ZERO) > 0, "It must be longer than 0.");
        return new TemplateSettings(
                prefix, template.suffix(), template.strict(), template.maxLength(), template.maxOutput(), timeout);
    }

    private void chooseLocation(SqliteKvStore.Builder store) {
        String path = properties.path();
        check("path", path, !path.isBlank(), "It must name a file, or be ':memory:'.");
        check("path", path, path.equals(path.strip()), "It must not begin or end with a blank.");
        boolean directory = path.endsWith("/") || path.endsWith(File.separator);
        check("path", path, !directory, "It names a directory: add the name of the file, such as 'kvstore.db'.");
        if (!path.equals(MEMORY)) {
            apply("path", path, name -> store.file(Path.of(name)));
            return;
        }
        check(
                "read-only",
                true,
                !properties.readOnly(),
                "A read-only store in memory would stay empty. Set 'kvstore.path', which is ':memory:', to a file, or"
                        + " 'kvstore.read-only' to false.");
        store.inMemory();
    }

    private static void checkSize(String property, DataSize size) {
        boolean valid = size.toBytes() > 0 && size.toBytes() <= Integer.MAX_VALUE;
        check(property, size, valid, "It must be at least 1B and less than 2GB.");
    }

    static void check(String property, Object value, boolean valid, String reason) {
        if (!valid) {
            throw new InvalidConfigurationPropertyValueException("kvstore." + property, value, reason);
        }
    }

    static <T> void apply(String property, T value, Consumer<T> setting) {
        try {
            setting.accept(value);
        } catch (IllegalArgumentException e) {
            String reason =
                    e instanceof InvalidPathException ? "It is not a valid path: " + e.getMessage() : e.getMessage();
            throw new InvalidConfigurationPropertyValueException(
                    "kvstore." + property, value, withoutNameOfSetting(property, reason));
        }
    }

    // The store's message starts with its setting, 'maxKeySize must be …'; the analysis names the property already.
    private static @Nullable String withoutNameOfSetting(String property, @Nullable String reason) {
        String last = property.substring(property.lastIndexOf('.') + 1);
        for (String setting : List.of(settingOf(property), settingOf(last))) {
            if (reason != null && reason.startsWith(setting + " ")) {
                return "It" + reason.substring(setting.length());
            }
        }
        return reason;
    }

    private static String settingOf(String property) {
        return StringUtils.uncapitalize(Arrays.stream(property.split("[-.]"))
                .map(StringUtils::capitalize)
                .collect(Collectors.joining()));
    }
}
