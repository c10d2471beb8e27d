package dev.kvstore.jdbc;

import org.jspecify.annotations.Nullable;

/** The check that every text of a caller passes: SQLite would silently store a lone surrogate as a question mark. */
final class Text {

    private Text() {}

    /** Refuses null and ill-formed text; the message never contains the text. */
    static void check(String what, @Nullable String text) {
        utf8Length(what, text);
    }

    /** The length of a text in UTF-8 bytes. Refuses null and ill-formed text. */
    static long utf8Length(String what, @Nullable String text) {
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
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 2;
                i++;
            } else {
                throw new IllegalArgumentException(
                        what + " is not valid Unicode: there is an unpaired surrogate at index " + i);
            }
        }
        return bytes;
    }
}
