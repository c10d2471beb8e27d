package dev.kvstore.template;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.expression.IExpressionObjectFactory;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.standard.processor.StandardBlockTagProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * The subset of Thymeleaf's language that templates can use.
 *
 * <p>Extends the standard dialect only because the parser of {@code [[…]]} and {@code [(…)]} requires one. It inherits
 * no evaluator, parser or serializer with which Thymeleaf could evaluate anything.
 */
final class RestrictedDialect extends StandardDialect {

    private final ExpressionReader expressions = new ExpressionReader();

    @Override
    public Map<String, Object> getExecutionAttributes() {
        return Map.of();
    }

    @Override
    public IExpressionObjectFactory getExpressionObjectFactory() {
        return new NoExpressionObjects();
    }

    @Override
    public Set<IProcessor> getProcessors(String dialectPrefix) {
        return Set.of(
                new ElementCheck(),
                new LoopProcessor(expressions),
                new SwitchProcessor(expressions),
                new CaseProcessor(expressions),
                new ConditionProcessor("if", true, expressions),
                new ConditionProcessor("unless", false, expressions),
                new OutputProcessor("text", true, expressions),
                new OutputProcessor("utext", false, expressions),
                new StandardBlockTagProcessor(TemplateMode.TEXT, PREFIX, StandardBlockTagProcessor.ELEMENT_NAME),
                new StandardBlockTagProcessor(TemplateMode.TEXT, null, ""));
    }

    private static final class NoExpressionObjects implements IExpressionObjectFactory {

        @Override
        public Set<String> getAllExpressionObjectNames() {
            return Set.of();
        }

        @Override
        public @Nullable Object buildObject(IExpressionContext context, String name) {
            return null;
        }

        @Override
        public boolean isCacheable(String name) {
            return true;
        }
    }
}
