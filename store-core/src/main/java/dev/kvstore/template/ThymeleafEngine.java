package dev.kvstore.template;

import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.TemplateSpec;
import org.thymeleaf.cache.AbstractCacheManager;
import org.thymeleaf.cache.ExpressionCacheKey;
import org.thymeleaf.cache.ICache;
import org.thymeleaf.cache.StandardCache;
import org.thymeleaf.cache.TemplateCacheKey;
import org.thymeleaf.context.Context;
import org.thymeleaf.engine.TemplateModel;

/**
 * Thymeleaf, configured only for inline templates in text mode. Thread-safe.
 *
 * <p>Deliberately not made of beans: the web engine of Spring Boot collects every dialect and resolver bean.
 */
final class ThymeleafEngine {

    private final IEngineConfiguration configuration;

    ThymeleafEngine() {
        TemplateEngine engine = new TemplateEngine();
        engine.setDialect(new RestrictedDialect());
        engine.setTemplateResolver(new InlineTemplateResolver());
        engine.setMessageResolver(new NoMessages());
        engine.setLinkBuilder(new NoLinks());
        engine.setCacheManager(new UnloggedCaches());
        this.configuration = engine.getConfiguration();
    }

    /** Renders a template. Bypasses {@code TemplateEngine#process}, which logs failures with text of the template. */
    void process(String text, Rendering rendering, Writer output) {
        Context context = new Context(Locale.ROOT, Map.of(Rendering.VARIABLE, rendering));
        TemplateSpec template = new TemplateSpec(
                InlineTemplate.NAME,
                Map.of(InlineTemplateResolver.ATTRIBUTE, new InlineTemplate(text, rendering.deadline())));
        configuration.getTemplateManager().parseAndProcess(template, context, output);
    }

    /** Caches without a logger, which would log keys, and so the text of templates. */
    private static final class UnloggedCaches extends AbstractCacheManager {

        private static final int INITIAL_CAPACITY = 20;
        private static final int MAX_TEMPLATES = 200;
        private static final int MAX_EXPRESSIONS = 500;

        @Override
        protected ICache<TemplateCacheKey, TemplateModel> initializeTemplateCache() {
            return new StandardCache<>("templates", true, INITIAL_CAPACITY, MAX_TEMPLATES, null);
        }

        @Override
        protected ICache<ExpressionCacheKey, Object> initializeExpressionCache() {
            return new StandardCache<>("expressions", true, INITIAL_CAPACITY, MAX_EXPRESSIONS, null);
        }
    }
}
