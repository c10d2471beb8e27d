package dev.kvstore;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys as the bounds of a range: valid Unicode in the order of UTF-8 bytes, which is the order of code points. */
final class KeyText {

    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private KeyText() {}

    /** Returns the text itself if it is valid; the message of the exception never contains it. */
    static String checked(String what, @Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException(what + " must not be null");
        }
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException(
                        what + " is not valid Unicode: there is an unpaired surrogate at index " + i);
            }
        }
        return text;
    }

    /**
     * Compares by UTF-8 bytes. {@code String.compareTo} compares UTF-16 units, where the surrogates of code points from
     * U+10000 on come before U+E000 to U+FFFF.
     */
    static int compare(String one, String other) {
        int common = Math.min(one.length(), other.length());
        for (int i = 0; i < common; i++) {
            char left = one.charAt(i);
            char right = other.charAt(i);
            if (left != right) {
                boolean pair = Character.isSurrogate(left);
                return pair == Character.isSurrogate(right) ? left - right : pair ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }

    /** The smallest text that is larger than a text and all texts that begin with it; null if every text is smaller. */
    static @Nullable String endOfPrefix(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, end) + Character.toString(next);
            }
        }
        return null;
    }

    /** The smallest text that is larger than a text. */
    static String successor(String text) {
        return text + '\0';
    }

    static String larger(String one, String other) {
        return compare(one, other) >= 0 ? one : other;
    }

    static String smaller(@Nullable String bound, String other) {
        return bound != null && compare(bound, other) <= 0 ? bound : other;
    }

    /** The text with control and formatting characters, which could forge a line of a log, as Unicode escapes. */
    static String printable(String text) {
        return NOT_PRINTABLE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "\\u%04X".formatted(found.group().codePointAt(0))));
    }
}
