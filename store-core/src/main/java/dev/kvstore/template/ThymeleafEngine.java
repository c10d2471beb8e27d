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
 * Thymeleaf, configured for nothing but text templates that are given as text. Thread-safe.
 *
 * <p>It is never a bean: Spring Boot's web engine collects every dialect and resolver that is one.
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

    /** Renders a text. It goes by TemplateEngine#process, which logs what fails with the text that failed. */
    void process(String text, Rendering rendering, Writer output) {
        Context context = new Context(Locale.ROOT, Map.of(Rendering.VARIABLE, rendering));
        TemplateSpec template = new TemplateSpec(
                InlineTemplate.NAME,
                Map.of(InlineTemplateResolver.ATTRIBUTE, new InlineTemplate(text, rendering.deadline())));
        configuration.getTemplateManager().parseAndProcess(template, context, output);
    }

    /** A cache without a logger, for which a key would be the text of a template. */
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
