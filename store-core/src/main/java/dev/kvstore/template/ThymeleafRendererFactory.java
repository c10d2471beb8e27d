package dev.kvstore.template;

import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.SettingNames;
import dev.kvstore.jdbc.TemplateRenderer;

/** Provides the renderer as a service. Public, because {@link java.util.ServiceLoader} requires it. */
public final class ThymeleafRendererFactory implements TemplateRenderer.Factory {

    @Override
    public TemplateRenderer create(TemplateSettings settings, SettingNames names) {
        return ThymeleafRenderer.with(settings, names);
    }
}
