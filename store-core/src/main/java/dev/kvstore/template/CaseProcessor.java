package dev.kvstore.template;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/** {@code th:case}: shown if it is the first case that equals the value of its switch. {@code *} equals every value. */
final class CaseProcessor extends AbstractAttributeTagProcessor {

    private static final int AFTER_SWITCHES = 275;

    private final ExpressionReader expressions;

    CaseProcessor(ExpressionReader expressions) {
        super(TemplateMode.TEXT, StandardDialect.PREFIX, null, false, "case", true, AFTER_SWITCHES, true);
        this.expressions = expressions;
    }

    @Override
    protected void doProcess(
            ITemplateContext context,
            IProcessableElementTag tag,
            AttributeName attribute,
            String expression,
            IElementTagStructureHandler structure) {
        SwitchProcessor.Switch around = SwitchProcessor.Switch.around(context);
        if (!around.taken() && matches(context, expression, around)) {
            around.take();
        } else {
            structure.removeElement();
        }
    }

    private boolean matches(ITemplateContext context, String expression, SwitchProcessor.Switch around) {
        if (expression.trim().equals("*")) {
            return true;
        }
        Scope scope = Rendering.of(context).scope(context);
        Object value = expressions.read(expression).evaluate(scope);
        return Comparison.equal(around.value(), Values.plain(value), scope.deadline());
    }
}
