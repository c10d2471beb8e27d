package dev.kvstore.template;

import dev.kvstore.TemplateSettings;
import java.util.Map;
import java.util.function.LongSupplier;
import org.thymeleaf.context.IContext;
import org.thymeleaf.context.ITemplateContext;

/** One rendering of a template: the group and the limits. */
final class Rendering {

    /** Not a valid name of a loop variable. */
    static final String VARIABLE = "%rendering";

    private final Map<String, String> group;
    private final boolean strict;
    private final long maxOutput;
    private final Deadline deadline;

    Rendering(Map<String, String> group, TemplateSettings settings, LongSupplier nanoTime) {
        this.group = group;
        this.strict = settings.strict();
        this.maxOutput = settings.maxOutput().toBytes();
        this.deadline = Deadline.after(settings.timeout(), nanoTime);
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
        return new Scope(context, this, strict, new ConcatenationBudget(maxOutput, deadline));
    }

    Map<String, String> group() {
        return group;
    }

    long maxOutput() {
        return maxOutput;
    }
}
