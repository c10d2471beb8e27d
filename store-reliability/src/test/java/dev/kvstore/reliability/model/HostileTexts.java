package dev.kvstore.reliability.model;

import java.util.List;
import java.util.SplittableRandom;

/** HostileTexts that are known to break stores, and values of sizes at which the storage format changes. */
final class HostileTexts {

    static final List<String> HOSTILE = List.of(
            "",
            " ",
            "a",
            "A",
            "a ",
            "aa",
            "a\u0000",
            "a\u0000b",
            "\u0000",
            "%",
            "_",
            "a%",
            "a_",
            "*",
            "10",
            "9",
            "1e1",
            "0x0A",
            "NULL",
            "'; DROP TABLE kv;--",
            "\" OR 1=1",
            "\r\n",
            "\n",
            "\uFEFF",
            "\uFEFFa",
            "\u00E9",
            "e\u0301",
            "\u00DF",
            "ss",
            "\u0130",
            "\uD7FF",
            "\uE000",
            "\uFF21",
            "\uFFFD",
            "\uFFFF",
            "\uD800\uDC00",
            "\uD83D\uDE00",
            "\uD83D\uDE01",
            "\uDBFF\uDFFF",
            "\uD83D\uDC69\u200D\uD83D\uDC69",
            "\u202Egnp.exe",
            "[(${a})]",
            "[# th:if=\"",
            "n".repeat(300),
            "\u6F22".repeat(Variant.MAX_KEY_BYTES / 3 - 1),
            "k".repeat(Variant.MAX_KEY_BYTES));

    static final List<String> NOT_UNICODE =
            List.of("\uD800", "\uDC00", "a\uD83D", "\uDE00\uD83D", "\uD83D\uD83D\uDE00");

    /** Around the inline limits of a page, a page, and the limits of the store. */
    private static final int[] SIZES = {127, 487, 1000, 1024, 2048, 4050, 4096, 8192, 65_536};

    private static final int LONGEST_LITERAL = 60;

    private HostileTexts() {}

    static String value(SplittableRandom random) {
        int kind = random.nextInt(100);
        if (kind < 50) {
            return HOSTILE.get(random.nextInt(HOSTILE.size() - 2));
        }
        if (kind < 80) {
            return "value " + random.nextInt(1_000_000);
        }
        if (kind < 98) {
            // Small sizes more often than large ones.
            int size = SIZES[random.nextInt(1 + random.nextInt(SIZES.length))];
            return filled(size + random.nextInt(-40, 40), random);
        }
        return filled(kind == 98 ? random.nextInt(Variant.MAX_VALUE_BYTES) : Variant.MAX_VALUE_BYTES, random);
    }

    /** Returns a text of so many bytes; one in four consists of three-byte characters. */
    static String filled(int bytes, SplittableRandom random) {
        String mark = Integer.toString(random.nextInt(36), 36);
        return random.nextInt(4) == 0 ? "\u6F22".repeat(bytes / 3) + mark.repeat(bytes % 3) : mark.repeat(bytes);
    }

    /** Formats a text as a Java literal; a long one only as its length and hash. */
    static String literal(String text) {
        if (text == null) {
            return "null";
        }
        if (text.length() > LONGEST_LITERAL) {
            return literal(text.substring(0, 8)) + "... (" + text.length() + " chars, hash " + text.hashCode() + ")";
        }
        StringBuilder literal = new StringBuilder("\"");
        text.chars()
                .forEach(c -> literal.append(c >= ' ' && c < 127 ? String.valueOf((char) c) : "\\u%04X".formatted(c)));
        return literal.append('"').toString();
    }
}
