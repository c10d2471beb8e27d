package dev.kvstore.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** Short ways to render, for the tests of this package. */
final class Rendered {

    static final TemplateSettings STRICT = strict(TemplateSettings.DEFAULTS);

    private static final TextRenderer LENIENT_RENDERER = new TextRenderer(TemplateSettings.DEFAULTS);
    private static final TextRenderer STRICT_RENDERER = new TextRenderer(STRICT);

    private Rendered() {}

    static String rendered(String template, String... keysAndValues) {
        return LENIENT_RENDERER.render(template, group(keysAndValues));
    }

    static String strictly(String template, String... keysAndValues) {
        return STRICT_RENDERER.render(template, group(keysAndValues));
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
