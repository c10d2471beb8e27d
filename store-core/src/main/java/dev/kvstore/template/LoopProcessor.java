package dev.kvstore.template;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/** {@code th:each="entry, status : ${#all}"}. */
final class LoopProcessor extends AbstractAttributeTagProcessor {

    private static final int FIRST = 200;
    private static final Pattern LOOP = Pattern.compile(
            "\\s*([\\p{L}_][\\p{L}\\p{N}_]*)\\s*(?:,\\s*([\\p{L}_][\\p{L}\\p{N}_]*)\\s*)?:(.*)", Pattern.DOTALL);

    private final ExpressionReader expressions;

    LoopProcessor(ExpressionReader expressions) {
        super(TemplateMode.TEXT, StandardDialect.PREFIX, null, false, "each", true, FIRST, true);
        this.expressions = expressions;
    }

    @Override
    protected void doProcess(
            ITemplateContext context,
            IProcessableElementTag tag,
            AttributeName attribute,
            String expression,
            IElementTagStructureHandler structure) {
        Matcher loop = LOOP.matcher(expression);
        if (!loop.matches()) {
            throw new TemplateFault("a loop is not of the form 'entry, status : ${#all}'");
        }
        Rendering rendering = Rendering.of(context);
        Object looped = expressions.read(loop.group(3)).evaluate(rendering.scope(context));
        structure.iterateElement(loop.group(1), loop.group(2), entries(looped, rendering));
    }

    private static @Nullable Object entries(@Nullable Object looped, Rendering rendering) {
        if (looped == null || looped instanceof Map) {
            return looped == null ? null : new TimedEntries((Map<?, ?>) looped, rendering);
        }
        throw new TemplateFault("a loop can only iterate over ${#all}");
    }
}
