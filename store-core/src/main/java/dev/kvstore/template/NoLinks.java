package dev.kvstore.template;

import java.util.Map;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.ILinkBuilder;

/** Templates have no links. */
final class NoLinks implements ILinkBuilder {

    @Override
    public String getName() {
        return "none";
    }

    @Override
    public Integer getOrder() {
        return 1;
    }

    @Override
    public String buildLink(IExpressionContext context, String base, Map<String, Object> parameters) {
        throw new TemplateFault("links are not allowed");
    }
}
