package dev.kvstore.jdbc;

import dev.kvstore.TemplateSettings;
import dev.kvstore.template.ThymeleafRenderer;

/** Violates a rule of the layers: an operation depends on the template language. */
public final class PlantedRenderer {

    private PlantedRenderer() {}

    static TemplateRenderer renderer() {
        return new ThymeleafRenderer(TemplateSettings.DEFAULTS);
    }
}
