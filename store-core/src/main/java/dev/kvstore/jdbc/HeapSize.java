package dev.kvstore.jdbc;

import dev.kvstore.engine.Value;
import dev.kvstore.jdbc.NearCache.Cached;

/**
 * Estimates how many bytes of heap a cached entry takes. Java stores a string with one byte per character if all are
 * Latin-1, otherwise with two.
 */
final class HeapSize {

    /**
     * The size of an entry without its strings: the {@link EntryName}, {@link Cached} and {@link StoredEntry},
     * Caffeine's node, and the entry's share of the hash table and of Caffeine's usage statistics. Measured as the
     * growth of the used heap after garbage collection, without the strings, when 130,000 to 1,600,000 entries were
     * loaded into a cache with Caffeine 3.2.4: 153 to 164 bytes per entry on JDK 17 and 25. With a heap of 32 GB or
     * more, where pointers take eight bytes, it was 235.
     */
    private static final int OVERHEAD = 160;

    /** The header of an array. */
    private static final int ARRAY = 16;

    /** A String and the header of its array. */
    private static final int TEXT = 24 + ARRAY;

    /** A {@link Value}. */
    private static final int VALUE = 16;

    private HeapSize() {}

    static int of(EntryName name, Cached cached) {
        Value value = cached.stored().value();
        return OVERHEAD + of(name.group()) + of(name.key()) + (value == null ? 0 : of(value));
    }

    private static int of(Value value) {
        return VALUE
                + (value instanceof Value.Text text
                        ? of(text.text())
                        : ARRAY + roundedUp(((Value.Bytes) value).bytes().length));
    }

    private static int of(String text) {
        int characters = isLatin1(text) ? text.length() : 2 * text.length();
        return TEXT + roundedUp(characters);
    }

    // The size of an array is a multiple of eight.
    private static int roundedUp(int length) {
        return length + 7 & -8;
    }

    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }
}
