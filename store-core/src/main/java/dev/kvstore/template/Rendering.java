package dev.kvstore.template;

import dev.kvstore.TemplateSettings;
import java.util.Map;
import java.util.function.LongSupplier;
import org.thymeleaf.context.IContext;
import org.thymeleaf.context.ITemplateContext;

/** One run of a template: the group it sees, and what bounds it. */
final class Rendering {

    /** No loop variable can have this name. */
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

    /** The rendering that a context of Thymeleaf belongs to. */
    static Rendering of(IContext context) {
        return (Rendering) context.getVariable(VARIABLE);
    }

    /** Ends the rendering once its time is over. */
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
