package dev.kvstore.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.cache.AlwaysValidCacheEntryValidity;
import org.thymeleaf.cache.NonCacheableCacheEntryValidity;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ITemplateResolver;
import org.thymeleaf.templateresolver.TemplateResolution;

/**
 * Takes a template from an attribute instead of its name, because Thymeleaf puts names in logs and messages. Attributes
 * are part of the key in Thymeleaf's cache.
 */
final class InlineTemplateResolver implements ITemplateResolver {

    static final String ATTRIBUTE = "text";

    /** The cache limits the number of templates but not their size, so that large ones would add up. */
    private static final int LONGEST_CACHED = 32_768;

    @Override
    public String getName() {
        return InlineTemplate.NAME;
    }

    @Override
    public Integer getOrder() {
        return 1;
    }

    @Override
    public TemplateResolution resolveTemplate(
            IEngineConfiguration configuration,
            @Nullable String ownerTemplate,
            String template,
            @Nullable Map<String, Object> attributes) {
        if (ownerTemplate != null
                || attributes == null
                || !(attributes.get(ATTRIBUTE) instanceof InlineTemplate given)) {
            throw new TemplateFault("a template within a template is not allowed");
        }
        return new TemplateResolution(
                given,
                TemplateMode.TEXT,
                given.length() <= LONGEST_CACHED
                        ? AlwaysValidCacheEntryValidity.INSTANCE
                        : NonCacheableCacheEntryValidity.INSTANCE);
    }
}
