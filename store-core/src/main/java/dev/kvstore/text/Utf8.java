package dev.kvstore.text;

/** Lengths of text as UTF-8. */
final class Utf8 {

    private Utf8() {}

    static long length(CharSequence text) {
        return length(text, 0, text.length());
    }

    /** The length of a part; each half of a surrogate pair counts as two bytes, so that a pair may be cut in two. */
    static long length(CharSequence text, int from, int to) {
        long length = to - (long) from;
        for (int i = from; i < to; i++) {
            char character = text.charAt(i);
            if (character >= 0x80) {
                length += character < 0x800 || Character.isSurrogate(character) ? 1 : 2;
            }
        }
        return length;
    }

    /** Whether the text has no surrogate without its other half. */
    static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
