package dev.kvstore.jdbc;

/**
 * The name of an entry in a hash map. Comparable, so that Java's maps keep names with equal hash codes in a tree: a
 * user can choose many keys with the same {@link String#hashCode}, and each lookup would otherwise search all of them.
 */
record EntryName(String group, String key) implements Comparable<EntryName> {

    /** 2^32 divided by the golden ratio, as in Fibonacci hashing: spreads the low bits of short keys over all bits. */
    private static final int SPREAD = 0x9E3779B9;

    @Override
    public int hashCode() {
        int hash = (31 * group.hashCode() + key.hashCode()) * SPREAD;
        return hash ^ hash >>> 16;
    }

    @Override
    public int compareTo(EntryName other) {
        int byKey = key.compareTo(other.key);
        return byKey == 0 ? group.compareTo(other.group) : byKey;
    }
}
