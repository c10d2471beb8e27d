package dev.kvstore.template;

import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.util.IWritableCharSequence;

/**
 * Text that is escaped for HTML while it is written. Escaped text can be six times as long; escaping it on the fly lets
 * the writer stop where the output becomes too long.
 */
final class EscapedText implements IWritableCharSequence {

    private static final int LONGEST_PIECE = Deadline.CHARACTERS_BETWEEN_CHECKS;

    private final String text;

    EscapedText(String text) {
        this.text = text;
    }

    @Override
    public void write(Writer writer) throws IOException {
        int written = 0;
        for (int index = 0; index < text.length(); index++) {
            String escape = escape(text.charAt(index));
            if (escape != null || index - written == LONGEST_PIECE) {
                writer.write(text, written, index - written);
                written = index;
            }
            if (escape != null) {
                writer.write(escape);
                written++;
            }
        }
        writer.write(text, written, text.length() - written);
    }

    private static @Nullable String escape(char character) {
        return switch (character) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }

    // Thymeleaf only writes the text, and calls none of these.

    @Override
    public int length() {
        throw new UnsupportedOperationException();
    }

    @Override
    public char charAt(int index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "escaped text";
    }
}
