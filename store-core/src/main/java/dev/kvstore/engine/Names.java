package dev.kvstore.engine;

/** Makes names chosen by users safe for messages: truncated, and without characters that could forge a log line. */
public final class Names {

    private static final int MAX_LENGTH = 200;

    private Names() {}

    /** Returns the first 200 characters of a name, with control and formatting characters as Unicode escapes. */
    public static String printable(String name) {
        int end = Math.min(name.length(), MAX_LENGTH);
        if (end < name.length() && Character.isHighSurrogate(name.charAt(end - 1))) {
            end--;
        }
        StringBuilder printable = new StringBuilder(end + 16);
        name.substring(0, end).codePoints().forEach(codePoint -> append(printable, codePoint));
        return end < name.length() ? printable.append('…').toString() : printable.toString();
    }

    private static void append(StringBuilder printable, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> printable.append(String.format("\\u%04X", codePoint));
            default -> printable.appendCodePoint(codePoint);
        }
    }
}
