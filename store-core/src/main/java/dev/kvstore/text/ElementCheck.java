package dev.kvstore.text;

import java.util.Set;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractElementTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/** Looks at every element before it is processed: at the time, and that nothing in it would be passed over silently. */
final class ElementCheck extends AbstractElementTagProcessor {

    private static final int BEFORE_ALL = 1;
    private static final Set<String> ELEMENTS = Set.of("", "th:block");
    private static final Set<String> ATTRIBUTES =
            Set.of("th:each", "th:if", "th:unless", "th:switch", "th:case", "th:text", "th:utext");

    ElementCheck() {
        super(TemplateMode.TEXT, StandardDialect.PREFIX, null, false, null, false, BEFORE_ALL);
    }

    @Override
    protected void doProcess(
            ITemplateContext context, IProcessableElementTag tag, IElementTagStructureHandler structure) {
        Rendering.of(context).checkTime();
        if (!ELEMENTS.contains(tag.getElementCompleteName())) {
            throw new TemplateFault("an element is not allowed: only [# …] and [#th:block …] are");
        }
        for (IAttribute attribute : tag.getAllAttributes()) {
            check(attribute);
        }
    }

    private static void check(IAttribute attribute) {
        if (!ATTRIBUTES.contains(attribute.getAttributeCompleteName())) {
            throw fault(
                    attribute,
                    "an attribute is not allowed: only th:each, th:if, th:unless, th:switch, th:case, th:text and "
                            + "th:utext are");
        }
        if (attribute.getValue() == null) {
            throw fault(attribute, "an attribute has no value");
        }
    }

    private static TemplateFault fault(IAttribute attribute, String reason) {
        TemplateFault fault = new TemplateFault(reason);
        fault.setLineAndCol(attribute.getLine(), attribute.getCol());
        return fault;
    }
}
