package dev.kvstore.reliability;

import dev.kvstore.TemplateSettings;
import java.time.Duration;

/** Settings with a long timeout for renderings on a busy machine, for tests of other things than the timeout. */
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
