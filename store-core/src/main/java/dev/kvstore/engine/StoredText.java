package dev.kvstore.engine;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.springframework.dao.DataRetrievalFailureException;

/**
 * Decodes text of the database, which another program may have written. Bytes that are not UTF-8 are an error that
 * names the entry. Replacing them, as Java does by default, would map different values to the same text, and change a
 * value silently when it is read and set again.
 */
public final class StoredText {

    private static final char REPLACEMENT = '\uFFFD';

    private static final String REPAIR_ENTRY = "delete the entry or its group, or read its bytes by SQL";

    private StoredText() {}

    /** Checks a value that was decoded from a column of a row. */
    public static String checked(String value, ResultSet row, int column, String group, String key)
            throws SQLException {
        if (mayBeReplaced(value)) {
            byte[] bytes = row.getBytes(column);
            requireValue(value, bytes, 0, bytes.length, group, key);
        }
        return value;
    }

    /** Decodes the value in a range of bytes. */
    public static String value(byte[] bytes, int start, int end, String group, String key) {
        String value = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        if (mayBeReplaced(value)) {
            requireValue(value, bytes, start, end, group, key);
        }
        return value;
    }

    /** Decodes the name of a group. */
    public static String group(byte[] bytes) {
        String group = new String(bytes, StandardCharsets.UTF_8);
        if (mayBeReplaced(group) && !isTextOf(group, bytes, 0, bytes.length)) {
            throw unreadable("The group '" + Names.printable(escaped(bytes)) + "'", "rename or delete it by SQL");
        }
        return group;
    }

    /** Decodes the key in a range of bytes. */
    public static String key(byte[] bytes, int start, int end, String group) {
        String key = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        if (mayBeReplaced(key) && !isTextOf(key, bytes, start, end)) {
            throw unreadable(
                    "The key '" + Names.printable(group) + "/"
                            + Names.printable(escaped(Arrays.copyOfRange(bytes, start, end))) + "'",
                    REPAIR_ENTRY);
        }
        return key;
    }

    private static void requireValue(String value, byte[] bytes, int start, int end, String group, String key) {
        if (!isTextOf(value, bytes, start, end)) {
            throw unreadable(
                    "The value of '" + Names.printable(group) + "/" + Names.printable(key) + "'", REPAIR_ENTRY);
        }
    }

    private static boolean mayBeReplaced(String decoded) {
        return decoded.indexOf(REPLACEMENT) >= 0;
    }

    private static boolean isTextOf(String decoded, byte[] bytes, int start, int end) {
        byte[] encoded = decoded.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(encoded, 0, encoded.length, bytes, start, end);
    }

    private static DataRetrievalFailureException unreadable(String what, String action) {
        return new DataRetrievalFailureException(
                what + " is not valid UTF-8: another program wrote it. It is kept unchanged; " + action);
    }

    /** Decodes bytes, and writes each byte that is not UTF-8 as an escape such as {@code \xFF}. */
    private static String escaped(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder();
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            text.append(out.flip());
            out.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append("\\x%02X".formatted(in.get()));
            }
        }
    }
}
