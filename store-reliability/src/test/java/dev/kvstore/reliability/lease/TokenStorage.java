package dev.kvstore.reliability.lease;

/** A storage that refuses whoever has lost the lease to somebody else: it remembers the largest token. Thread-safe. */
final class TokenStorage {

    private long largest;
    private int stored;
    private int refused;

    /** Returns whether it was stored. */
    synchronized boolean store(long token) {
        if (token < largest) {
            refused++;
            return false;
        }
        largest = token;
        stored++;
        return true;
    }

    synchronized long largest() {
        return largest;
    }

    synchronized int stored() {
        return stored;
    }

    synchronized int refused() {
        return refused;
    }
}
