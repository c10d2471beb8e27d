package dev.kvstore.sqlite.table;

/** The system's time in SQL, whatever the store's clock says. */
final class SystemTime {

    /** Milliseconds since the epoch. */
    static final String MILLIS = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    private SystemTime() {}
}
