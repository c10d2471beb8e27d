package dev.kvstore.benchmarks.contender;

import java.util.Locale;

/** Where entries are kept, and what an acknowledged write survives. Only the like is compared with the like. */
public enum Storage {

    /** In memory: nothing survives the process. */
    MEMORY,

    /** In a file: survives the end of the process, but not always the loss of power. */
    NORMAL,

    /** In a file, with an fsync before a write is acknowledged: survives the loss of power. */
    FULL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
