package dev.kvstore.jdbc;

import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.SettingNames;
import java.util.Map;
import java.util.ServiceLoader;

/** Renders entries with templates. A service, so that operations and engines do not depend on the template language. */
public interface TemplateRenderer {

    /** Renders a template. Loops iterate in the order of the map. */
    String render(String template, Map<String, String> entries);

    /** Renders a template that is a resource, named without the prefix and suffix of the settings. */
    String renderNamed(String name, Map<String, String> entries);

    /** Creates a renderer whose messages name the settings as the builder does. */
    static TemplateRenderer with(TemplateSettings settings) {
        return with(settings, SettingNames.OF_BUILDER);
    }

    /**
     * Creates a renderer.
     *
     * @param names how messages name the settings
     */
    static TemplateRenderer with(TemplateSettings settings, SettingNames names) {
        return ServiceLoader.load(Factory.class, TemplateRenderer.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("store-core is incomplete: it has no "
                        + Factory.class.getName() + " in META-INF/services. If jars are merged, merge these files"))
                .create(settings, names);
    }

    /** The service that creates renderers. */
    interface Factory {

        /**
         * Creates a renderer.
         *
         * @param names how messages name the settings
         */
        TemplateRenderer create(TemplateSettings settings, SettingNames names);
    }
}
