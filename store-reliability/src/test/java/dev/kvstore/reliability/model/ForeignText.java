package dev.kvstore.reliability.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bytes that another program writes instead of text. A byte that is not UTF-8 is represented by a character from U+DC80
 * to U+DCFF, as in Python's {@code surrogateescape}: the store accepts no text with an unpaired surrogate.
 */
final class ForeignText {

    /**
     * Invalid bytes, truncated and overlong sequences, surrogates, beyond Unicode. Java decodes several of them alike.
     */
    static final List<String> NOT_UTF_8 = List.of(
            "\uDCFF",
            "\uDCFE",
            "a\uDCFF",
            "a\uDCFE",
            "a\uDC80",
            "a\uDCFFb",
            "\uDCC3",
            "\uDCC3(",
            "\uDCC0\uDCAF",
            "\uDCED\uDCA0\uDC80",
            "\uDCF0\uDC9F\uDC8E",
            "\uDCF4\uDC90\uDC80\uDC80");

    private static final char FIRST = '\uDC80';
    private static final char LAST = '\uDCFF';

    private ForeignText() {}

    /** Returns a value with such bytes at its end, inline or out of row. */
    static String value(SplittableRandom random) {
        String bytes = NOT_UTF_8.get(random.nextInt(NOT_UTF_8.size()));
        return random.nextBoolean() ? bytes : HostileTexts.filled(random.nextInt(1_500), random) + bytes;
    }

    static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isByte(text.charAt(i)) && !isOfAPair(text, i)) {
                bytes.writeBytes(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(text.charAt(i) - FIRST + 0x80);
                start = i + 1;
            }
        }
        bytes.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    static String hex(String text) {
        return HexFormat.of().formatHex(bytes(text));
    }

    /** The text with each byte that is not UTF-8 as {@code \xFF}, as messages of the store have it. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(
                    isByte(c) && !isOfAPair(text, i) ? "\\x%02X".formatted(c - FIRST + 0x80) : String.valueOf(c));
        }
        return escaped.toString();
    }

    private static boolean isByte(char c) {
        return c >= FIRST && c <= LAST;
    }

    private static boolean isOfAPair(String text, int i) {
        return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
