package dev.kvstore.template;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.AbstractElementTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

/** Before each element is processed, checks the time, and that Thymeleaf would not silently ignore any part of it. */
final class ElementCheck extends AbstractElementTagProcessor {

    private static final int BEFORE_ALL = 1;

    ElementCheck() {
        super(TemplateMode.TEXT, StandardDialect.PREFIX, null, false, null, false, BEFORE_ALL);
    }

    @Override
    protected void doProcess(
            ITemplateContext context, IProcessableElementTag tag, IElementTagStructureHandler structure) {
        Rendering.of(context).checkTime();
        if (!AllowedNames.isElement(tag.getElementCompleteName())) {
            throw AllowedNames.noElement();
        }
        for (IAttribute attribute : tag.getAllAttributes()) {
            check(attribute);
        }
    }

    private static void check(IAttribute attribute) {
        if (!AllowedNames.isAttribute(attribute.getAttributeCompleteName())) {
            throw at(attribute, AllowedNames.noAttribute());
        }
        if (attribute.getValue() == null) {
            throw at(attribute, new TemplateFault("an attribute has no value"));
        }
    }

    private static TemplateFault at(IAttribute attribute, TemplateFault fault) {
        fault.setLineAndCol(attribute.getLine(), attribute.getCol());
        return fault;
    }
}
