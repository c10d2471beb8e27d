package dev.kvstore.reliability;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.standard.expression.IStandardVariableExpression;
import org.thymeleaf.standard.expression.IStandardVariableExpressionEvaluator;
import org.thymeleaf.standard.expression.StandardExpressionExecutionContext;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.FileTemplateResolver;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** The negative control: Thymeleaf as in a tutorial, with the Spring Expression Language. */
final class PlainThymeleaf {

    private final TemplateEngine engine = new TemplateEngine();

    PlainThymeleaf() {
        StandardDialect dialect = new StandardDialect();
        dialect.setVariableExpressionEvaluator(new SpringExpressions());
        engine.setDialect(dialect);
        FileTemplateResolver files = new FileTemplateResolver();
        files.setTemplateMode(TemplateMode.TEXT);
        files.setCheckExistence(true);
        files.setOrder(1);
        engine.addTemplateResolver(files);
        StringTemplateResolver strings = new StringTemplateResolver();
        strings.setTemplateMode(TemplateMode.TEXT);
        strings.setOrder(2);
        engine.addTemplateResolver(strings);
    }

    String render(String template, Map<String, String> entries) {
        return engine.process(template, new Context(Locale.ROOT, Map.<String, Object>copyOf(entries)));
    }

    private static final class SpringExpressions implements IStandardVariableExpressionEvaluator {

        private final SpelExpressionParser parser = new SpelExpressionParser();

        @Override
        public Object evaluate(
                IExpressionContext context,
                IStandardVariableExpression expression,
                StandardExpressionExecutionContext execution) {
            StandardEvaluationContext evaluation = new StandardEvaluationContext();
            evaluation.addPropertyAccessor(new MapAccessor());
            Map<String, Object> root = new HashMap<>();
            context.getVariableNames().forEach(name -> root.put(name, context.getVariable(name)));
            return parser.parseExpression(expression.getExpression()).getValue(evaluation, root);
        }
    }
}
