package dev.kvstore.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a text of many: the lengths of its key and of its value in bytes, each ended by a space, then key and value.
 * The length of a value that lies apart is left empty. Entries compare by the bytes of their keys.
 */
final class JoinedEntry implements Comparable<JoinedEntry> {

    private final byte[] text;
    private final int keyStart;
    private final int keyEnd;
    private final int end;
    private final boolean apart;

    private JoinedEntry(byte[] text, int keyStart, int keyEnd, int end, boolean apart) {
        this.text = text;
        this.keyStart = keyStart;
        this.keyEnd = keyEnd;
        this.end = end;
        this.apart = apart;
    }

    /** The entries of a text, in the order of their keys, which SQLite keeps but does not promise for a group_concat. */
    static List<JoinedEntry> split(byte[] text) {
        List<JoinedEntry> entries = new ArrayList<>();
        int position = 0;
        while (position < text.length) {
            JoinedEntry entry = at(text, position);
            entries.add(entry);
            position = entry.end;
        }
        entries.sort(null);
        return entries;
    }

    private static JoinedEntry at(byte[] text, int start) {
        int keyLength = 0;
        int i = start;
        for (; text[i] != ' '; i++) {
            keyLength = 10 * keyLength + text[i] - '0';
        }
        int valueLength = 0;
        int valueLengthStart = ++i;
        for (; text[i] != ' '; i++) {
            valueLength = 10 * valueLength + text[i] - '0';
        }
        boolean apart = i == valueLengthStart;
        int keyStart = i + 1;
        int keyEnd = keyStart + keyLength;
        return new JoinedEntry(text, keyStart, keyEnd, keyEnd + valueLength, apart);
    }

    String key() {
        return new String(text, keyStart, keyEnd - keyStart, StandardCharsets.UTF_8);
    }

    /** The value; null when it lies apart. */
    @Nullable
    String value() {
        return apart ? null : new String(text, keyEnd, end - keyEnd, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(JoinedEntry other) {
        return Arrays.compareUnsigned(text, keyStart, keyEnd, other.text, other.keyStart, other.keyEnd);
    }
}
