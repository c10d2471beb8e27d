package dev.kvstore.sqlite.table;

import dev.kvstore.engine.StoredText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a text of many, separated by commas: the length of its key in bytes, the key, the length of its value and
 * the value, separated by spaces. An out-of-row value is left out, with its length. Entries compare by the bytes of
 * their keys.
 */
final class JoinedEntry implements Comparable<JoinedEntry> {

    /** Stands for an entry that is too long to be joined. */
    private static final byte TOO_LONG = '!';

    private static final int OUT_OF_ROW = -1;

    private final byte[] text;
    private final int keyStart;
    private final int keyEnd;
    private final int valueStart;
    private final int end;

    private JoinedEntry(byte[] text, int keyStart, int keyEnd, int valueStart, int end) {
        this.text = text;
        this.keyStart = keyStart;
        this.keyEnd = keyEnd;
        this.valueStart = valueStart;
        this.end = end;
    }

    /**
     * The entries of a text, in the order of their keys, which SQLite keeps but does not promise for a group_concat.
     * Null when one of them was too long to be joined.
     */
    static @Nullable List<JoinedEntry> split(byte[] text) {
        List<JoinedEntry> entries = new ArrayList<>();
        int position = 0;
        while (position < text.length) {
            if (text[position] == TOO_LONG) {
                return null;
            }
            JoinedEntry entry = at(text, position);
            entries.add(entry);
            position = entry.end + 1;
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
        int keyStart = i + 1;
        int keyEnd = keyStart + keyLength;
        if (keyEnd == text.length || text[keyEnd] == ',') {
            return new JoinedEntry(text, keyStart, keyEnd, OUT_OF_ROW, keyEnd);
        }
        int valueLength = 0;
        for (i = keyEnd + 1; text[i] != ' '; i++) {
            valueLength = 10 * valueLength + text[i] - '0';
        }
        int valueStart = i + 1;
        return new JoinedEntry(text, keyStart, keyEnd, valueStart, valueStart + valueLength);
    }

    String key(String group) {
        return StoredText.key(text, keyStart, keyEnd, group);
    }

    /** The value; null when it is out of row. */
    @Nullable
    String value(String group, String key) {
        return valueStart == OUT_OF_ROW ? null : StoredText.value(text, valueStart, end, group, key);
    }

    @Override
    public int compareTo(JoinedEntry other) {
        return Arrays.compareUnsigned(text, keyStart, keyEnd, other.text, other.keyStart, other.keyEnd);
    }
}
