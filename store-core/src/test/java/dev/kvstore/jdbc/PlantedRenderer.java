package dev.kvstore.jdbc;

import dev.kvstore.TemplateSettings;
import dev.kvstore.template.ThymeleafRenderer;

/** Breaks a rule of the layers: an operation knows the template language. */
public final class PlantedRenderer {

    private PlantedRenderer() {}

    static TemplateRenderer renderer() {
        return new ThymeleafRenderer(TemplateSettings.DEFAULTS);
    }
}
