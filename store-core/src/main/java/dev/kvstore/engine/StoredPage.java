package dev.kvstore.engine;

import java.util.List;

/**
 * A part of a range.
 *
 * @param entries in the direction of the range
 * @param more whether live entries of the range follow
 */
public record StoredPage(List<KeyedEntry> entries, boolean more) {

    /** A live entry with its key. */
    public record KeyedEntry(String key, StoredEntry entry) {}
}
