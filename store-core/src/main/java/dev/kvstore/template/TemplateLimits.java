package dev.kvstore.template;

import dev.kvstore.KvLimitException;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.SettingNames;

/** What bounds a template, and the errors of a template that exceeds it, which name the setting. */
record TemplateLimits(TemplateSettings settings, SettingNames names) {

    static final TemplateLimits DEFAULTS = new TemplateLimits(TemplateSettings.DEFAULTS, SettingNames.OF_BUILDER);

    long maxLength() {
        return settings.maxLength().toBytes();
    }

    long maxOutput() {
        return settings.maxOutput().toBytes();
    }

    /**
     * A template is too long.
     *
     * @param template how the message names it
     */
    KvLimitException templateTooLong(String template) {
        return new KvLimitException("%s is longer than %d bytes (%s). Shorten it, or raise the limit."
                .formatted(template, maxLength(), names.of("template.maxLength")));
    }

    KvLimitException outputTooLong() {
        return new KvLimitException(
                "The output of the template is longer than %d bytes (%s). Print less, or raise the limit."
                        .formatted(maxOutput(), names.of("template.maxOutput")));
    }

    TemplateFault tooSlow() {
        return new TemplateFault("it takes longer than %d ms (%s)"
                .formatted(settings.timeout().toMillis(), names.of("template.timeout")));
    }
}
