package dev.kvstore.benchmarks.contender;

import java.util.Locale;

/** Where entries are stored, and what an acknowledged write survives. Only equal storages are compared. */
public enum Storage {

    /** In memory: nothing survives the process. */
    MEMORY,

    /** In a file: survives the end of the process, but not always a power cut. */
    NORMAL,

    /** In a file, with an fsync before a write is acknowledged: survives a power cut. */
    FULL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
