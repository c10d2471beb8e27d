package dev.kvstore.sqlite.table;

import dev.kvstore.engine.ArrayMap;
import dev.kvstore.engine.StoredText;
import dev.kvstore.engine.Value;
import java.util.Arrays;
import java.util.Map;
import org.springframework.dao.DataRetrievalFailureException;

/**
 * Splits the entries that SQLite has joined into one text: key, {@link #VALUE_FOLLOWS} and value, or key and
 * {@link #OUT_OF_ROW}, with {@link #NEXT_ENTRY} between two entries. The separators occur in no UTF-8 text; text of
 * other programs that contains them makes one separator too many, which does not pass unseen.
 */
final class JoinedSlice {

    static final String VALUE_FOLLOWS = "x'FD'";
    static final String OUT_OF_ROW = "x'FC'";
    static final String NEXT_ENTRY = "x'FE'";
    /** Instead of an entry that cannot be joined. */
    static final String NOT_JOINED = "x'FB'";

    private static final int LEAST_SEPARATOR_BYTE = 0xFB;
    private static final int OUT_OF_ROW_BYTE = 0xFC;
    private static final int VALUE_FOLLOWS_BYTE = 0xFD;
    private static final int NEXT_ENTRY_BYTE = 0xFE;
    private static final int NONE = -1;

    /** Keeps the place of a value out of row. */
    static final Value NOT_READ_YET = new Value.Text("");

    private final byte[] text;
    private final String group;
    private int position;
    private int separator = NONE;
    private int keyStart;
    private int keyEnd;

    private JoinedSlice(byte[] text, String group) {
        this.text = text;
        this.group = group;
    }

    /**
     * Adds the entries of a text, and the positions of those out of row, if they are all text, exactly as many as
     * stated, and in the order of their keys, which SQLite keeps but does not promise for a group_concat. Otherwise
     * returns false with nothing added: read row by row, the entry to blame is known.
     */
    static boolean split(
            byte[] text, int count, String group, ArrayMap.Builder<Value> entries, Map<String, Integer> outOfRow) {
        int size = entries.size();
        try {
            if (new JoinedSlice(text, group).addAll(count, entries, outOfRow)) {
                return true;
            }
        } catch (DataRetrievalFailureException notText) {
            // Perhaps of an entry that a separator within it has cut in two.
        }
        entries.truncate(size);
        outOfRow.values().removeIf(position -> position >= size);
        return false;
    }

    private boolean addAll(int count, ArrayMap.Builder<Value> entries, Map<String, Integer> outOfRow) {
        for (int i = 1; i < count; i++) {
            if (!add(entries, outOfRow) || separator != NEXT_ENTRY_BYTE) {
                return false;
            }
            position++;
        }
        return add(entries, outOfRow) && position == text.length;
    }

    private boolean add(ArrayMap.Builder<Value> entries, Map<String, Integer> outOfRow) {
        int start = position;
        skipText();
        if (!isBehindLastKey(start, position)) {
            return false;
        }
        String key = StoredText.key(text, start, position, group);
        if (separator == OUT_OF_ROW_BYTE) {
            outOfRow.put(key, entries.add(key, NOT_READ_YET));
            position++;
            readSeparator();
            return true;
        }
        if (separator != VALUE_FOLLOWS_BYTE) {
            return false;
        }
        position++;
        start = position;
        skipText();
        entries.add(key, new Value.Text(StoredText.value(text, start, position, group, key)));
        return true;
    }

    private boolean isBehindLastKey(int start, int end) {
        boolean behind = keyEnd == 0 || Arrays.compareUnsigned(text, keyStart, keyEnd, text, start, end) < 0;
        keyStart = start;
        keyEnd = end;
        return behind;
    }

    /** Moves to the next separator. */
    private void skipText() {
        int i = position;
        while (i < text.length && (text[i] & 0xFF) < LEAST_SEPARATOR_BYTE) {
            i++;
        }
        position = i;
        readSeparator();
    }

    private void readSeparator() {
        separator = position < text.length ? text[position] & 0xFF : NONE;
    }
}
