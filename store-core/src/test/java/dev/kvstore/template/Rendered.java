package dev.kvstore.template;

import dev.kvstore.TemplateSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders templates for the tests of this package, each with a new renderer, whose caches are empty. */
final class Rendered {

    static final TemplateSettings STRICT = strict(TemplateSettings.DEFAULTS);

    private Rendered() {}

    static String rendered(String template, String... keysAndValues) {
        return new ThymeleafRenderer(TemplateSettings.DEFAULTS).render(template, group(keysAndValues));
    }

    static String strictly(String template, String... keysAndValues) {
        return new ThymeleafRenderer(STRICT).render(template, group(keysAndValues));
    }

    static Map<String, String> group(String... keysAndValues) {
        Map<String, String> group = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            group.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return group;
    }

    private static TemplateSettings strict(TemplateSettings settings) {
        return new TemplateSettings(
                settings.prefix(),
                settings.suffix(),
                true,
                settings.maxLength(),
                settings.maxOutput(),
                settings.timeout());
    }
}
