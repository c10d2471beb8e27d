package dev.kvstore.engine;

import java.util.Arrays;

/** What an entry holds: text or bytes. The database stores and returns each as it is. */
public sealed interface Value {

    /** Valid Unicode text. */
    record Text(String text) implements Value {

        /** Omits the text, which must not appear in a log. */
        @Override
        public String toString() {
            return "Text";
        }
    }

    /** Bytes, which nobody changes. Equal to bytes with the same contents. */
    @SuppressWarnings("ArrayRecordComponent") // equals and hashCode heed the contents
    record Bytes(byte[] bytes) implements Value {

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        /** Omits the bytes, which must not appear in a log. */
        @Override
        public String toString() {
            return "Bytes";
        }
    }
}
