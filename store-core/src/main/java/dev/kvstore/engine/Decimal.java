package dev.kvstore.engine;

/** Whole numbers as text. */
final class Decimal {

    private Decimal() {}

    /** Whether a value is text as {@link Long#toString(long)} writes it. */
    static boolean isCanonical(Value value) {
        if (!(value instanceof Value.Text text)) {
            return false;
        }
        try {
            return Long.toString(Long.parseLong(text.text())).equals(text.text());
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
