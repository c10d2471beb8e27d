package dev.kvstore.template;

import dev.kvstore.engine.Names;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;

/** What an expression sees: the variables of the loops around it, and the group; and what bounds it. */
record Scope(ITemplateContext context, Rendering rendering, boolean strict, ConcatenationBudget allowance) {

    /** The same scope, in which a key may be missing. */
    Scope lenient() {
        return strict ? new Scope(context, rendering, false, allowance) : this;
    }

    Deadline deadline() {
        return rendering.deadline();
    }

    /** The value of a key of the group, null when it is missing and may be. */
    @Nullable
    String value(String key) {
        String value = rendering.group().get(key);
        if (value == null && strict) {
            throw new TemplateFault("the group has no key '" + Names.printable(key) + "'");
        }
        return value;
    }

    boolean hasKey(String key) {
        return rendering.group().containsKey(key);
    }

    boolean hasVariable(String name) {
        return context.containsVariable(name);
    }

    Object variable(String name) {
        return context.getVariable(name);
    }
}
