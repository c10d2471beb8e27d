package dev.kvstore.jdbc;

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

    /** A String (24 bytes) and the header of its array (16 bytes). */
    private static final int TEXT = 40;

    private HeapSize() {}

    static int of(EntryName name, Cached cached) {
        String value = cached.stored().value();
        return OVERHEAD + of(name.group()) + of(name.key()) + (value == null ? 0 : of(value));
    }

    // The size of an array is rounded up to a multiple of eight.
    private static int of(String text) {
        int characters = isLatin1(text) ? text.length() : 2 * text.length();
        return TEXT + (characters + 7 & -8);
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
