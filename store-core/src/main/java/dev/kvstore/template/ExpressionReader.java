package dev.kvstore.template;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Parses expressions and caches them. Thread-safe. */
final class ExpressionReader {

    /** Far longer than people write, and short enough to limit the depth of nesting. */
    static final int MAX_LENGTH = 1_000;

    private static final int MAX_CACHED = 500;
    private static final Pattern ONE_KEY =
            Pattern.compile("\\s*\\$\\{(?:[^{}]*|\\s*#all(?:\\['[^']*']|\\[\"[^\"]*\"])\\s*)}\\s*");

    private final Map<String, Term> cache = new ConcurrentHashMap<>();

    Term read(String expression) {
        Term known = cache.get(expression);
        if (known != null) {
            return known;
        }
        if (expression.length() > MAX_LENGTH) {
            throw new TemplateFault("an expression is longer than " + MAX_LENGTH + " characters");
        }
        Term term = parse(expression);
        if (cache.size() >= MAX_CACHED) {
            cache.clear();
        }
        cache.put(expression, term);
        return term;
    }

    private static Term parse(String expression) {
        if (expression.contains("__") && !ONE_KEY.matcher(expression).matches()) {
            // Thymeleaf's preprocessing would evaluate the text between two of them, and then the result. Nothing is
            // preprocessed here.
            throw new TemplateFault("an expression contains '__'");
        }
        return ExpressionParser.parse(expression);
    }
}
