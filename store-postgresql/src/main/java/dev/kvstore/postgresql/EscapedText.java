package dev.kvstore.postgresql;

/**
 * Text as the database stores it: it cannot store U+0000, which becomes U+0001 U+0001; U+0001 becomes U+0001 U+0002.
 * All other text stays as it is. Two texts compare as their stored forms do, and begin with each other as those do.
 */
final class EscapedText {

    private static final char ESCAPE = '\u0001';
    private static final char FOR_NUL = '\u0001';
    private static final char FOR_ESCAPE = '\u0002';

    private EscapedText() {}

    static String of(String text) {
        if (text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\0' -> escaped.append(ESCAPE).append(FOR_NUL);
                case ESCAPE -> escaped.append(ESCAPE).append(FOR_ESCAPE);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Returns what was escaped. Text that another program wrote, with other escapes, is returned as it is. */
    static String read(String escaped) {
        int next = escaped.indexOf(ESCAPE);
        if (next < 0) {
            return escaped;
        }
        StringBuilder text = new StringBuilder(escaped.length());
        int start = 0;
        while (next >= 0 && next + 1 < escaped.length()) {
            char escape = escaped.charAt(next + 1);
            if (escape == FOR_NUL || escape == FOR_ESCAPE) {
                text.append(escaped, start, next).append(escape == FOR_NUL ? '\0' : ESCAPE);
                start = next + 2;
            }
            next = escaped.indexOf(ESCAPE, next + 2);
        }
        return text.append(escaped, start, escaped.length()).toString();
    }

    /** How many characters of a text take a second one when stored, each of one byte. */
    static long escapes(String text) {
        if (text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
            return 0;
        }
        return text.chars().filter(c -> c <= ESCAPE).count();
    }
}
