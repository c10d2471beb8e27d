package dev.kvstore.settings;

/** A group whose changes are watched. */
interface WatchedGroup {

    /** Returns the name of the group. */
    String group();

    /** Reads the group, which may have changed. */
    void read();
}
