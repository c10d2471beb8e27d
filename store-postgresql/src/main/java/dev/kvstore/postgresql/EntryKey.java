package dev.kvstore.postgresql;

import dev.kvstore.engine.Utf8;

/**
 * The name of an entry as it is stored. In the order of the primary key: statements that lock rows in the same order do
 * not wait for each other in a ring.
 */
record EntryKey(StoredName group, StoredName key) implements Comparable<EntryKey> {

    static EntryKey of(String group, String key) {
        return new EntryKey(StoredName.of(group), StoredName.of(key));
    }

    /** What identifies a row. */
    record Row(String group, String key) {}

    Row row() {
        return new Row(group.name(), key.name());
    }

    @Override
    public int compareTo(EntryKey other) {
        int byGroup = Utf8.compare(group.name(), other.group.name());
        return byGroup == 0 ? Utf8.compare(key.name(), other.key.name()) : byGroup;
    }
}
