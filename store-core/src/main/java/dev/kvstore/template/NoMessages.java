package dev.kvstore.template;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.IMessageResolver;

/** Templates have no messages: the default resolver would look for resources of the application. */
final class NoMessages implements IMessageResolver {

    @Override
    public String getName() {
        return "none";
    }

    @Override
    public Integer getOrder() {
        return 1;
    }

    @Override
    public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object[] parameters) {
        throw new TemplateFault("messages are not allowed");
    }

    @Override
    public String createAbsentMessageRepresentation(
            ITemplateContext context, Class<?> origin, String key, Object[] parameters) {
        throw new TemplateFault("messages are not allowed");
    }
}
