package dev.kvstore.template;

import dev.kvstore.engine.Names;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;

/** The scope of an expression: the variables of the loops around it, the group, and the limits. */
record Scope(ITemplateContext context, Rendering rendering, boolean strict, ConcatenationBudget budget) {

    /** The same scope, in which a missing key is not an error. */
    Scope lenient() {
        return strict ? new Scope(context, rendering, false, budget) : this;
    }

    Deadline deadline() {
        return rendering.deadline();
    }

    /** The value of a key of the group; null if the key is missing and that is not an error. */
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
