package dev.kvstore.benchmarks.targets;

/** Entries that are read or written one after the other. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(String[] groups, String[] keys) {

    int size() {
        return groups.length;
    }
}
