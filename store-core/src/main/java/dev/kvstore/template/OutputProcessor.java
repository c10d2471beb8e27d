package dev.kvstore.template;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/** {@code th:text} and {@code th:utext}. Thymeleaf parses {@code [[…]]} and {@code [(…)]} into these. */
final class OutputProcessor extends AbstractAttributeTagProcessor {

    private static final int AFTER_CONDITIONS = 1_300;

    private final ExpressionReader expressions;
    private final boolean escaped;

    OutputProcessor(String attribute, boolean escaped, ExpressionReader expressions) {
        super(TemplateMode.TEXT, StandardDialect.PREFIX, null, false, attribute, true, AFTER_CONDITIONS, true);
        this.expressions = expressions;
        this.escaped = escaped;
    }

    @Override
    protected void doProcess(
            ITemplateContext context,
            IProcessableElementTag tag,
            AttributeName attribute,
            String expression,
            IElementTagStructureHandler structure) {
        Scope scope = Rendering.of(context).scope(context);
        String text = Values.text(expressions.read(expression).evaluate(scope));
        structure.setBody(escaped ? new EscapedText(text) : text, false);
    }
}
