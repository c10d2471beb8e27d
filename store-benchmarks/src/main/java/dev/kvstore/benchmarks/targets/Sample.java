package dev.kvstore.benchmarks.targets;

/** Entries to read or write, in order. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(String[] groups, String[] keys) {

    int size() {
        return groups.length;
    }
}
