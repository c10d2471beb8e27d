package dev.kvstore.template;

/** Orders texts by their UTF-8 bytes without encoding them, because values can be long. */
final class Utf8Order {

    private static final int BLOCK = Deadline.CHARACTERS_BETWEEN_CHECKS;

    private Utf8Order() {}

    static boolean equal(String one, String other, Deadline deadline) {
        return one.length() == other.length() && mismatch(one, other, deadline) == one.length();
    }

    static int compare(String one, String other, Deadline deadline) {
        int index = mismatch(one, other, deadline);
        return index == Math.min(one.length(), other.length())
                ? Integer.compare(one.length(), other.length())
                : Character.compare(rank(one.charAt(index)), rank(other.charAt(index)));
    }

    /** The index of the first character that differs, or the length of the shorter text. */
    private static int mismatch(String one, String other, Deadline deadline) {
        int end = Math.min(one.length(), other.length());
        int index = 0;
        while (index + BLOCK <= end && one.regionMatches(index, other, index, BLOCK)) {
            index += BLOCK;
            deadline.spend(BLOCK);
        }
        while (index < end && one.charAt(index) == other.charAt(index)) {
            index++;
        }
        return index;
    }

    /** Surrogates come last: they are halves of characters beyond U+FFFF, which have the greatest bytes in UTF-8. */
    private static char rank(char character) {
        if (character < Character.MIN_SURROGATE) {
            return character;
        }
        return (char) (Character.isSurrogate(character) ? character + 0x2000 : character - 0x800);
    }
}
