package dev.kvstore.jdbc;

import dev.kvstore.TemplateSettings;
import java.util.Map;
import java.util.ServiceLoader;

/** Renders entries through text templates. Found as a service: no operation and no engine knows the template language. */
public interface TemplateRenderer {

    /** Renders a template given as text. Loops follow the order of the map. */
    String render(String template, Map<String, String> entries);

    /** Renders a template that is a resource between the prefix and the suffix of the settings. */
    String renderNamed(String name, Map<String, String> entries);

    /** A renderer with settings of its own. */
    static TemplateRenderer with(TemplateSettings settings) {
        return ServiceLoader.load(Factory.class, TemplateRenderer.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("store-core is incomplete: it has no "
                        + Factory.class.getName() + " in META-INF/services. Where jars are merged, merge these files"))
                .create(settings);
    }

    /** Makes renderers. */
    interface Factory {

        /** A renderer with settings of its own. */
        TemplateRenderer create(TemplateSettings settings);
    }
}
