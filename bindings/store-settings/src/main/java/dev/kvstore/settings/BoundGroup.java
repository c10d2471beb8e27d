package dev.kvstore.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.validation.Validator;

/**
 * Binds the entries of a group to a type. What it says of a failure contains no value, which may be a secret, and so
 * neither the message of a cause.
 */
final class BoundGroup<T> {

    /** Binding needs a name for the whole. */
    private static final String ROOT = "settings";

    private final String group;
    private final Bindable<T> type;
    private final @Nullable ConversionService conversion;
    private final @Nullable Validator validator;

    BoundGroup(String group, Bindable<T> type, @Nullable ConversionService conversion, @Nullable Validator validator) {
        this.group = group;
        this.type = type;
        this.conversion = conversion;
        this.validator = validator;
    }

    T from(Map<String, String> entries) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource(entries.entrySet().stream()
                .collect(Collectors.toMap(entry -> named(entry.getKey()), Map.Entry::getValue)));
        // A value of a store is not a template: '${' in it means nothing.
        Binder binder = new Binder(List.of(source), PlaceholdersResolver.NONE, conversion);
        try {
            return binder.bindOrCreate(ROOT, type, handler());
        } catch (BindException e) {
            throw refused(e);
        }
    }

    private static String named(String key) {
        return key.startsWith("[") ? ROOT + key : ROOT + "." + key;
    }

    private BindHandler handler() {
        return validator == null ? BindHandler.DEFAULT : new ValidationBindHandler(validator);
    }

    private KvSettingsException refused(BindException e) {
        String key = key(e.getName());
        String target =
                String.valueOf(e.getTarget().getType().resolve(Object.class).getSimpleName());
        String what = key.isEmpty()
                ? "The group '" + group + "' is not valid as " + target + " (" + cause(e) + ")"
                : "The key '" + key + "' of the group '" + group + "' is not valid as " + target + " (" + cause(e)
                        + ")";
        return new KvSettingsException(what, "Correct the entries of the group '" + group + "'.");
    }

    private static String key(ConfigurationPropertyName name) {
        String text = name.toString();
        String key = text.startsWith(ROOT) ? text.substring(ROOT.length()) : text;
        return key.startsWith(".") ? key.substring(1) : key;
    }

    private static String cause(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName();
    }
}
