package dev.kvstore.template;

import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/** {@code th:switch}: evaluates the value that its cases are compared with. */
final class SwitchProcessor extends AbstractAttributeTagProcessor {

    private static final int AFTER_LOOPS = 250;
    private static final String VARIABLE = "%switch";

    private final ExpressionReader expressions;

    SwitchProcessor(ExpressionReader expressions) {
        super(TemplateMode.TEXT, StandardDialect.PREFIX, null, false, "switch", true, AFTER_LOOPS, true);
        this.expressions = expressions;
    }

    /** The value of a switch, and whether one of its cases has matched. Not thread-safe: belongs to one rendering. */
    static final class Switch {

        private final @Nullable Object value;
        private final long held;
        private boolean taken;

        /** @param held the total length of the texts concatenated for this switch and the switches around it */
        Switch(@Nullable Object value, long held) {
            this.value = value;
            this.held = held;
        }

        static Switch around(ITemplateContext context) {
            if (context.getVariable(VARIABLE) instanceof Switch around) {
                return around;
            }
            throw new TemplateFault("a th:case is outside of any th:switch");
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
        Rendering rendering = Rendering.of(context);
        Object value = expressions.read(expression).evaluate(rendering.scope(context));
        long held = value instanceof Values.Literal made ? made.text().length() : 0;
        if (context.getVariable(VARIABLE) instanceof Switch around) {
            held += around.held;
        }
        if (held > rendering.limits().maxOutput()) {
            throw rendering.limits().outputTooLong();
        }
        structure.setLocalVariable(VARIABLE, new Switch(Values.plain(value), held));
    }
}
