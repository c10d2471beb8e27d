package dev.kvstore.postgresql;

import dev.kvstore.engine.Utf8;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A group or key as the database stores it: escaped and, since an index entry is limited, shortened if it is long. A
 * shortened name consists of the first characters and a hash of the whole, and is longer than any that is not
 * shortened.
 *
 * @param name what the index contains
 * @param full the whole of a shortened name, else null
 */
record StoredName(String name, @Nullable String full) {

    /** The longest name, in bytes, that is not shortened. */
    static final int LONGEST = 1_000;

    /** How many bytes of a name, at least, a shortened one begins with: the last character may not fit as a whole. */
    static final int SURE = LONGEST - Utf8.LONGEST_CHARACTER + 1;

    private static final int MOST_BYTES_OF_A_CHAR = 3;

    static StoredName of(String text) {
        String whole = EscapedText.of(text);
        return isLonger(whole, LONGEST)
                ? new StoredName(start(whole, LONGEST) + hash(whole), whole)
                : new StoredName(whole, null);
    }

    /** Returns the name that was stored. */
    static String read(String name, @Nullable String full) {
        return EscapedText.read(full == null ? name : full);
    }

    /** Whether an escaped name is so long that those which begin like it are not in the order of all of their bytes. */
    static boolean isLong(String escaped) {
        return isLonger(escaped, SURE);
    }

    private static boolean isLonger(String escaped, int bytes) {
        return escaped.length() * MOST_BYTES_OF_A_CHAR > bytes && Utf8.length(escaped, 0, escaped.length()) > bytes;
    }

    /** The first characters of an escaped name that take no more than a number of bytes. */
    static String start(String escaped, int bytes) {
        int end = 0;
        int left = bytes;
        while (end < escaped.length()) {
            int next = end + Character.charCount(escaped.codePointAt(end));
            left -= (int) Utf8.length(escaped, end, next);
            if (left < 0) {
                break;
            }
            end = next;
        }
        return escaped.substring(0, end);
    }

    private static String hash(String whole) {
        try {
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
