package dev.kvstore.reliability.model;

import java.nio.charset.StandardCharsets;

/**
 * The encoded value of an entry.
 *
 * @param text the text; for bytes, a character from U+0000 to U+00FF for each
 */
record Content(String text, boolean isBytes) {

    static Content text(String text) {
        return new Content(text, false);
    }

    static Content bytes(byte[] bytes) {
        return new Content(new String(bytes, StandardCharsets.ISO_8859_1), true);
    }

    byte[] bytes() {
        return text.getBytes(isBytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    boolean isValid() {
        return isBytes || ForeignText.isText(text);
    }
}
