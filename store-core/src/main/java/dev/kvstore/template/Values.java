package dev.kvstore.template;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts the values of an expression to text, numbers and booleans. */
final class Values {

    /** Short and without an exponent: a calculation with a value such as 1e999999999 would use all memory. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");

    private static final int LONGEST_NUMBER = 82;
    private static final int LONGEST_NO = "false".length();

    private Values() {}

    /** A text literal or concatenated text, which is never a number: {@code '1' + 2} is {@code 12}. */
    record Literal(String text) {}

    static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Literal literal ? literal.text() : value;
    }

    static String text(@Nullable Object value) {
        Object plain = plain(value);
        if (plain == null) {
            return "";
        }
        if (plain instanceof String || plain instanceof Boolean || plain instanceof Integer) {
            return plain.toString();
        }
        if (plain instanceof BigDecimal number) {
            return number.toPlainString();
        }
        throw new TemplateFault("only a value can be used as text, not the group, an entry or a loop's status");
    }

    static boolean isText(@Nullable Object value) {
        return value instanceof String || value instanceof Literal;
    }

    /** The value as a number, or null if it is not a number. A literal is text. */
    static @Nullable BigDecimal number(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof Integer number) {
            return BigDecimal.valueOf(number);
        }
        if (value instanceof String text && text.length() <= LONGEST_NUMBER) {
            String trimmed = text.trim();
            return NUMBER.matcher(trimmed).matches() ? new BigDecimal(trimmed) : null;
        }
        return null;
    }

    /** Truth as in Thymeleaf: null, zero and the words false, off and no are false; any other text is true. */
    static boolean isTrue(@Nullable Object value, Deadline deadline) {
        Object plain = plain(value);
        if (plain instanceof Boolean truth) {
            return truth;
        }
        if (plain instanceof BigDecimal number) {
            return number.signum() != 0;
        }
        if (plain instanceof Integer number) {
            return number != 0;
        }
        if (plain instanceof String text) {
            return !isNo(text, deadline);
        }
        if (plain instanceof Map<?, ?> group) {
            return !group.isEmpty();
        }
        return plain != null;
    }

    /** Whether a text without the blanks around it means false. Counts the blanks, because there may be many. */
    private static boolean isNo(String text, Deadline deadline) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) <= ' ') {
            end--;
            deadline.spend(1);
        }
        int start = 0;
        while (start < end && text.charAt(start) <= ' ') {
            start++;
            deadline.spend(1);
        }
        return end - start <= LONGEST_NO
                && switch (text.substring(start, end).toLowerCase(Locale.ROOT)) {
                    case "false", "off", "no" -> true;
                    default -> false;
                };
    }
}
