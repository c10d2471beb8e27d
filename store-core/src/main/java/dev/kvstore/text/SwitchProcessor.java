package dev.kvstore.text;

import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/** {@code th:switch}: the value that the cases inside it are compared with. */
final class SwitchProcessor extends AbstractAttributeTagProcessor {

    private static final int AFTER_LOOPS = 250;
    private static final String VARIABLE = "%switch";

    private final ExpressionReader expressions;

    SwitchProcessor(ExpressionReader expressions) {
        super(TemplateMode.TEXT, StandardDialect.PREFIX, null, false, "switch", true, AFTER_LOOPS, true);
        this.expressions = expressions;
    }

    /** The value of a switch, and whether one of its cases was taken. One rendering, so one thread, has it. */
    static final class Switch {

        private final @Nullable Object value;
        private boolean taken;

        Switch(@Nullable Object value) {
            this.value = value;
        }

        static Switch around(ITemplateContext context) {
            if (context.getVariable(VARIABLE) instanceof Switch around) {
                return around;
            }
            throw new TemplateFault("a th:case stands outside of any th:switch");
        }

        @Nullable
        Object value() {
            return value;
        }

        boolean taken() {
            return taken;
        }

        void take() {
            taken = true;
        }
    }

    @Override
    protected void doProcess(
            ITemplateContext context,
            IProcessableElementTag tag,
            AttributeName attribute,
            String expression,
            IElementTagStructureHandler structure) {
        Scope scope = Rendering.of(context).scope(context);
        Object value = expressions.read(context, expression).evaluate(scope);
        structure.setLocalVariable(VARIABLE, new Switch(Values.plain(value)));
    }
}
