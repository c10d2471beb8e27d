package dev.kvstore.sqlite;

/** Lets a store move its log far more often than applications do, so that a test meets many checkpoints. */
public final class SmallLog {

    private SmallLog() {}

    /** Moves the log whenever it has so many pages. */
    public static SqliteKvStore.Builder of(int pages, SqliteKvStore.Builder builder) {
        return builder.checkpointPages(pages);
    }
}
