package dev.kvstore.reliability;

import dev.kvstore.TemplateSettings;
import java.time.Duration;

/** Renderings that a busy machine may keep waiting: where their time limit is not what is tested. */
public final class Unhurried {

    public static final TemplateSettings TEMPLATES = new TemplateSettings(
            TemplateSettings.DEFAULTS.prefix(),
            TemplateSettings.DEFAULTS.suffix(),
            TemplateSettings.DEFAULTS.strict(),
            TemplateSettings.DEFAULTS.maxLength(),
            TemplateSettings.DEFAULTS.maxOutput(),
            Duration.ofHours(1));

    private Unhurried() {}
}
