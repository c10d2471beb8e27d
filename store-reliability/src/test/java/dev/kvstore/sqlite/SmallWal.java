package dev.kvstore.sqlite;

/** Lets a store checkpoint its WAL far more often than in applications, so that a test meets many checkpoints. */
public final class SmallWal {

    private SmallWal() {}

    /** Checkpoints the WAL whenever it has so many pages. */
    public static SqliteKvStore.Builder of(int pages, SqliteKvStore.Builder builder) {
        return builder.checkpointPages(pages);
    }
}
