package dev.kvstore.engine;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text as UTF-8: the check that every text of a caller passes, and lengths. */
public final class Utf8 {

    /** How many bytes a character takes at the most. */
    public static final int LONGEST_CHARACTER = 4;

    private static final int CHARACTERS = 8_192;

    private Utf8() {}

    /**
     * Refuses text that has no UTF-8 form: Java's encoder would silently replace an unpaired surrogate by a question
     * mark.
     *
     * @param what how the message calls the text, which it never contains
     * @throws IllegalArgumentException when the text is null or has an unpaired surrogate
     */
    public static void check(String what, @Nullable String text) {
        checkedLength(what, text);
    }

    /**
     * The length of a text in UTF-8 bytes.
     *
     * @param what how the message calls the text, which it never contains
     * @throws IllegalArgumentException when the text is null or has an unpaired surrogate
     */
    public static long checkedLength(String what, @Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException(what + " must not be null");
        }
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes++;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                bytes += 2;
                i++;
            } else {
                throw new IllegalArgumentException(
                        what + " is not valid Unicode: there is an unpaired surrogate at index " + i);
            }
        }
        return bytes;
    }

    /**
     * Compares texts by their UTF-8 bytes, which is the order of their code points: surrogates, which stand for the
     * highest code points, are not the highest characters.
     */
    public static int compare(String text, String other) {
        int common = Math.min(text.length(), other.length());
        for (int i = 0; i < common; i++) {
            char a = text.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean ofPair = Character.isSurrogate(a);
                return ofPair == Character.isSurrogate(b) ? a - b : ofPair ? 1 : -1;
            }
        }
        return text.length() - other.length();
    }

    /** Whether some bytes are the UTF-8 form of a text. */
    public static boolean isValid(byte[] bytes) {
        return validLength(bytes) == bytes.length;
    }

    /** How many bytes from the start are whole characters in UTF-8. */
    public static int validLength(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(bytes.length + 1, CHARACTERS));
        while (decoder.decode(in, out, true).isOverflow()) {
            out.clear();
        }
        return in.position();
    }

    /** The length of a part; each half of a surrogate pair counts as two bytes, so that a pair may be cut in two. */
    public static long length(CharSequence text, int start, int end) {
        long length = (long) end - start;
        for (int i = start; i < end; i++) {
            char character = text.charAt(i);
            if (character >= 0x80) {
                length += character < 0x800 || Character.isSurrogate(character) ? 1 : 2;
            }
        }
        return length;
    }
}
