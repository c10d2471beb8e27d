package dev.kvstore.text;

import java.util.Map;

/** Renders entries through text templates. Thread-safe. */
public final class TextRenderer {

    public TextRenderer(TemplateSettings settings) {}

    /** Renders a template that is given as text. */
    public String render(String template, Map<String, String> entries) {
        return template;
    }

    /** Renders a template that is a resource between the prefix and the suffix of the settings. */
    public String renderNamed(String name, Map<String, String> entries) {
        return name;
    }
}
