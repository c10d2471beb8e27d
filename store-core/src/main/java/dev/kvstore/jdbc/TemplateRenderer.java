package dev.kvstore.jdbc;

import dev.kvstore.TemplateSettings;
import java.util.Map;
import java.util.ServiceLoader;

/** Renders entries with templates. A service, so that operations and engines do not depend on the template language. */
public interface TemplateRenderer {

    /** Renders a template. Loops iterate in the order of the map. */
    String render(String template, Map<String, String> entries);

    /** Renders a template that is a resource, named without the prefix and suffix of the settings. */
    String renderNamed(String name, Map<String, String> entries);

    /** Creates a renderer. */
    static TemplateRenderer with(TemplateSettings settings) {
        return ServiceLoader.load(Factory.class, TemplateRenderer.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("store-core is incomplete: it has no "
                        + Factory.class.getName() + " in META-INF/services. If jars are merged, merge these files"))
                .create(settings);
    }

    /** The service that creates renderers. */
    interface Factory {

        /** Creates a renderer. */
        TemplateRenderer create(TemplateSettings settings);
    }
}
