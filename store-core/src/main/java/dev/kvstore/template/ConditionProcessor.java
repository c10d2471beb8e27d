package dev.kvstore.template;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/** {@code th:if} and {@code th:unless}. */
final class ConditionProcessor extends AbstractAttributeTagProcessor {

    private static final int AFTER_LOOPS_AND_CASES = 300;

    private final ExpressionReader expressions;
    private final boolean shownWhen;

    ConditionProcessor(String attribute, boolean shownWhen, ExpressionReader expressions) {
        super(TemplateMode.TEXT, StandardDialect.PREFIX, null, false, attribute, true, AFTER_LOOPS_AND_CASES, true);
        this.expressions = expressions;
        this.shownWhen = shownWhen;
    }

    @Override
    protected void doProcess(
            ITemplateContext context,
            IProcessableElementTag tag,
            AttributeName attribute,
            String expression,
            IElementTagStructureHandler structure) {
        Scope scope = Rendering.of(context).scope(context);
        if (expressions.read(expression).holds(scope) != shownWhen) {
            structure.removeElement();
        }
    }
}
