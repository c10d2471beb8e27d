package dev.kvstore.template;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Reads expressions, and keeps those it has read. Thread-safe. */
final class ExpressionReader {

    /** Far beyond what a person writes, and short enough that nothing nests deep inside. */
    static final int MAX_LENGTH = 1_000;

    private static final int MAX_KEPT = 500;
    private static final Pattern ONE_KEY =
            Pattern.compile("\\s*\\$\\{(?:[^{}]*|\\s*#all(?:\\['[^']*']|\\[\"[^\"]*\"])\\s*)}\\s*");

    private final Map<String, Term> kept = new ConcurrentHashMap<>();

    Term read(String expression) {
        Term known = kept.get(expression);
        if (known != null) {
            return known;
        }
        if (expression.length() > MAX_LENGTH) {
            throw new TemplateFault("an expression is longer than " + MAX_LENGTH + " characters");
        }
        Term term = parse(expression);
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.put(expression, term);
        return term;
    }

    private static Term parse(String expression) {
        if (expression.contains("__") && !ONE_KEY.matcher(expression).matches()) {
            // Thymeleaf would evaluate what stands between two of them, and then the result. Nothing here does.
            throw new TemplateFault("an expression contains '__'");
        }
        return ExpressionParser.parse(expression);
    }
}
