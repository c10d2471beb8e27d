package dev.kvstore.sqlite.table;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The numbers that a store gives to entries as versions. A store takes a block of numbers from {@code kv_meta}, and
 * binds the next one with each write; a counter in the database would cost a second page for each write.
 *
 * <p><b>Order.</b> If two processes wrote from their blocks in turns, an entry could get a smaller version than before.
 * So a store writes only while the last block taken is its own: it looks once in each transaction, and a statement
 * without a transaction carries the guard {@link #GUARDED}, which is null when another store has taken a block since.
 *
 * <p><b>Crashes.</b> A crash loses the rest of a block. A block begins at the system's time or later, in 65,536ths of a
 * second, so that a restored backup does not repeat the numbers given since. A store's own clock, which tests move,
 * would not do.
 *
 * <p>Belongs to the thread that holds the writing connection.
 */
public final class Versions {

    /** Fails NOT NULL when the block of the fifth parameter is no longer the last one taken. */
    static final String GUARDED = "(SELECT ?5 FROM kv_meta WHERE low <= ?5 AND ?5 < high)";

    private static final String IS_LAST_BLOCK = """
            SELECT low <= ?1 AND ?1 < high FROM kv_meta\
            """;
    private static final String TAKE_BLOCK = """
            UPDATE kv_meta SET low = max(high, ?1), high = max(high, ?1) + ?2 WHERE id = 1 RETURNING low\
            """;

    private static final int SMALLEST_BLOCK = 256;
    private static final int LARGEST_BLOCK = 65_536;

    /** No entry of a new database has a version below. Entries from before versions existed have 1. */
    private static final long FIRST = 2;

    private static final Clock CLOCK = Clock.systemUTC();

    private long next;
    private long end;
    private int blockSize = SMALLEST_BLOCK;
    private boolean verified;
    private boolean takenInTransaction;

    private Versions(long next, long end, boolean verified) {
        this.next = next;
        this.end = end;
        this.verified = verified;
    }

    /** The numbers of a database that other stores may share. */
    public static Versions shared() {
        return new Versions(0, 0, false);
    }

    /** The numbers of a database that one store has for itself, and that ends with it. */
    public static Versions exclusive() {
        return new Versions(FIRST, Long.MAX_VALUE, true);
    }

    /** Returns the next number. */
    long next() {
        if (next >= end) {
            throw new IllegalStateException("No version is left in the block");
        }
        return next++;
    }

    /** Whether the block is known to be the last one taken until the transaction ends. */
    boolean areVerified() {
        return verified;
    }

    /** Whether the block has this many numbers left. */
    public boolean has(int count) {
        return end - next >= count;
    }

    /**
     * Finds out whether the block is the last one taken and has this many numbers left. Call in a transaction that
     * writes, which keeps others from taking a block.
     */
    public boolean verify(JdbcOperations jdbc, int count) {
        if (!has(Math.max(count, 1))) {
            return false;
        }
        if (!verified) {
            verified = jdbc.query(IS_LAST_BLOCK, statement -> statement.setLong(1, next), rows -> {
                return rows.next() && rows.getBoolean(1);
            });
            if (!verified) {
                forget();
            }
        }
        return verified;
    }

    /**
     * Takes a block of at least this many numbers. Call in a transaction that writes, and that a loss of power cannot
     * undo once it is committed.
     */
    public void take(JdbcOperations jdbc, int count) {
        blockSize = end > 0 ? Math.min(2 * blockSize, LARGEST_BLOCK) : SMALLEST_BLOCK;
        int size = Math.max(blockSize, count);
        long start = CLOCK.instant().getEpochSecond() << 16;
        Long low = jdbc.query(
                TAKE_BLOCK,
                statement -> {
                    statement.setLong(1, start);
                    statement.setInt(2, size);
                },
                Versions::only);
        if (low == null) {
            throw new IllegalStateException("The table kv_meta has no row");
        }
        next = low;
        end = low + size;
        verified = true;
        takenInTransaction = true;
    }

    // The row that follows none ends the statement.
    private static @Nullable Long only(java.sql.ResultSet rows) throws java.sql.SQLException {
        Long number = null;
        while (rows.next()) {
            number = rows.getLong(1);
        }
        return number;
    }

    /** The transaction was committed. From now on another store may take a block. */
    public void transactionCommitted() {
        verified = false;
        takenInTransaction = false;
    }

    /** The transaction was not committed, or nobody knows whether it was: a block that it took may be taken again. */
    public void transactionFailed() {
        verified = false;
        if (takenInTransaction) {
            takenInTransaction = false;
            forget();
        }
    }

    /** Gives up the block: another store has taken one. */
    public void forget() {
        next = 0;
        end = 0;
        verified = false;
    }
}
