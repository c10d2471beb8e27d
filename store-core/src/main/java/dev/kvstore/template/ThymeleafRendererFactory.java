package dev.kvstore.template;

import dev.kvstore.TemplateSettings;
import dev.kvstore.jdbc.TemplateRenderer;

/** The renderer of text templates as a service; {@link java.util.ServiceLoader} needs it public. */
public final class ThymeleafRendererFactory implements TemplateRenderer.Factory {

    @Override
    public TemplateRenderer create(TemplateSettings settings) {
        return new ThymeleafRenderer(settings);
    }
}
