package dev.kvstore.jdbc;

import dev.kvstore.jdbc.NearCache.Kept;

/**
 * About what a kept entry takes in the heap, in bytes. Java keeps a text whose characters are all Latin-1 with one byte for
 * each, any other with two.
 */
final class HeapSize {

    /**
     * What an entry takes beside its texts: its name, {@link Kept} and what it keeps, Caffeine's node, and its share of the
     * hash table and of Caffeine's statistics of use. Measured: the used heap after garbage collection, before and after
     * 130,000 to 1,600,000 entries were loaded into a cache with Caffeine 3.2.4, less their texts, was 153 to 164 bytes an
     * entry on JDK 17 and 25. A heap of 32 GB or more has pointers of eight bytes: there it was 235.
     */
    private static final int OVERHEAD = 160;

    /** A String (24 bytes) and its array without the characters (16). */
    private static final int TEXT = 40;

    private HeapSize() {}

    static int of(EntryName name, Kept kept) {
        String value = kept.stored().value();
        return OVERHEAD + of(name.group()) + of(name.key()) + (value == null ? 0 : of(value));
    }

    // An array ends at a multiple of eight.
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
