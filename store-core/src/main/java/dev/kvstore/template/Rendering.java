package dev.kvstore.template;

import java.util.Map;
import java.util.function.LongSupplier;
import org.thymeleaf.context.IContext;
import org.thymeleaf.context.ITemplateContext;

/** One rendering of a template: the group and the limits. */
final class Rendering {

    /** Not a valid name of a loop variable. */
    static final String VARIABLE = "%rendering";

    private final Map<String, String> group;
    private final TemplateLimits limits;
    private final Deadline deadline;

    Rendering(Map<String, String> group, TemplateLimits limits, LongSupplier nanoTime) {
        this.group = group;
        this.limits = limits;
        this.deadline = Deadline.of(limits, nanoTime);
    }

    /** Returns the rendering of a Thymeleaf context. */
    static Rendering of(IContext context) {
        return (Rendering) context.getVariable(VARIABLE);
    }

    /** Ends the rendering if its time is up. */
    void checkTime() {
        deadline.check();
    }

    Deadline deadline() {
        return deadline;
    }

    Scope scope(ITemplateContext context) {
        return new Scope(context, this, limits.settings().strict(), new ConcatenationBudget(limits, deadline));
    }

    Map<String, String> group() {
        return group;
    }

    TemplateLimits limits() {
        return limits;
    }
}
