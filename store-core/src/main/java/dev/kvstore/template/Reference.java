package dev.kvstore.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.engine.IterationStatusVar;

/**
 * The content of {@code ${…}}: the group, a loop variable, a property of one of these, or a key.
 *
 * <p>The group and the loop variables take precedence, so that no key of the group can hide them. Any other text is a
 * key as it is, so that {@code db.host}, {@code a-b} and {@code class} are keys like any other.
 */
record Reference(String text, @Nullable String head, List<String> steps) implements Term {

    private static final String GROUP = "#all";
    private static final Pattern HEAD = Pattern.compile("#?[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern STEP =
            Pattern.compile("\\.([^.()\\[\\]{}'\"<>=!?&|+*#]+)|\\['([^']*)']|\\[\"([^\"]*)\"]");

    /** Characters not allowed in a missing key: the text was more likely meant as a calculation or a call. */
    private static final Pattern OPERATORS = Pattern.compile("[()\\[\\]{}'\"<>=!?&|+*#]");

    static Reference read(String expression) {
        String text = expression.trim();
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return new Reference(text, null, List.of());
        }
        List<String> steps = new ArrayList<>();
        int end = head.end();
        Matcher step = STEP.matcher(text);
        while (end < text.length()) {
            if (!step.region(end, text.length()).lookingAt()) {
                return new Reference(text, null, List.of());
            }
            steps.add(name(step));
            end = step.end();
        }
        return new Reference(text, head.group(), List.copyOf(steps));
    }

    private static String name(Matcher step) {
        if (step.group(1) != null) {
            return step.group(1).trim();
        }
        return step.group(2) != null ? step.group(2) : step.group(3);
    }

    boolean isOfGroup() {
        return GROUP.equals(head);
    }

    @Override
    public @Nullable Object evaluate(Scope scope) {
        if (isOfGroup()) {
            return walk(scope.rendering().group(), scope);
        }
        if (head != null && scope.hasVariable(head)) {
            return walk(scope.variable(head), scope);
        }
        if (!scope.hasKey(text) && OPERATORS.matcher(text).find()) {
            throw new TemplateFault("an expression is neither a key of the group nor a name");
        }
        return scope.value(text);
    }

    @Override
    public boolean holds(Scope scope) {
        return Values.isTrue(evaluate(scope.lenient()), scope.deadline());
    }

    private @Nullable Object walk(Object start, Scope scope) {
        Object at = start;
        for (String step : steps) {
            if (at == null) {
                return null;
            }
            at = property(at, step, scope);
        }
        return at;
    }

    private static @Nullable Object property(Object owner, String name, Scope scope) {
        if (owner instanceof Map) {
            return scope.value(name);
        }
        if (owner instanceof LoopEntry entry) {
            return switch (name) {
                case "key" -> entry.key();
                case "value" -> entry.value();
                default -> throw new TemplateFault("an entry has only a key and a value");
            };
        }
        if (owner instanceof IterationStatusVar status) {
            return property(status, name);
        }
        throw new TemplateFault("a text has no properties");
    }

    private static Object property(IterationStatusVar status, String name) {
        return switch (name) {
            case "index" -> status.getIndex();
            case "count" -> status.getCount();
            case "size" -> status.getSize();
            case "current" -> status.getCurrent();
            case "first" -> status.isFirst();
            case "last" -> status.isLast();
            case "even" -> status.isEven();
            case "odd" -> status.isOdd();
            default ->
                throw new TemplateFault(
                        "the status of a loop has only index, count, size, current, first, last, even and odd");
        };
    }
}
