package dev.kvstore.text;

import java.util.regex.Pattern;

/**
 * Counts the minus signs that Thymeleaf would have to look at: for an expression that does not parse it tries every way
 * to split it at them, so that each one more doubles the work, and 40 take all memory.
 */
final class MinusSigns {

    static final int MOST = 10;

    private static final Pattern LITERAL_OR_REFERENCE = Pattern.compile("'[^']*'|\\$\\{[^{}]*}");
    private static final Pattern UNSURE = Pattern.compile("['{}|]");

    private MinusSigns() {}

    /** Counts too many rather than too few: those within literals, too, where it is not plain what is one. */
    static void check(String expression) {
        if (count(expression) <= MOST) {
            return;
        }
        String outside = LITERAL_OR_REFERENCE.matcher(expression).replaceAll("");
        if (expression.indexOf('\\') >= 0 || UNSURE.matcher(outside).find() || count(outside) > MOST) {
            throw new TemplateFault("an expression has more than " + MOST + " minus signs");
        }
    }

    private static long count(String text) {
        return text.chars().filter(character -> character == '-').count();
    }
}
