package dev.kvstore.text;

import java.time.Duration;
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
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final long start;

    Rendering(Map<String, String> group, TemplateSettings settings, LongSupplier nanoTime) {
        this.group = group;
        this.strict = settings.strict();
        this.maxOutput = settings.maxOutput().toBytes();
        this.timeout = settings.timeout();
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** The rendering that a context of Thymeleaf belongs to. */
    static Rendering of(IContext context) {
        return (Rendering) context.getVariable(VARIABLE);
    }

    /** Ends the rendering once its time is over. */
    void checkTime() {
        if (Duration.ofNanos(nanoTime.getAsLong() - start).compareTo(timeout) > 0) {
            throw new TemplateFault("it takes longer than " + timeout.toMillis() + " ms (kvstore.template.timeout)");
        }
    }

    Scope scope(ITemplateContext context) {
        return new Scope(context, this, strict);
    }

    Map<String, String> group() {
        return group;
    }

    long maxOutput() {
        return maxOutput;
    }
}
