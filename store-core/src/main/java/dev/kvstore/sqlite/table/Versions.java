package dev.kvstore.sqlite.table;

import dev.kvstore.engine.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 * <p><b>Deletions</b> need a version only while changes are logged, which a store sees when it looks in a transaction.
 * Until then it deletes without one, and the trigger that logs the deletion finds a number itself.
 *
 * <p>Belongs to the thread that holds the writing connection.
 */
public final class Versions {

    /** Fails NOT NULL when the block of the fifth parameter is no longer the last one taken. */
    static final String GUARDED = "(SELECT ?5 FROM kv_meta WHERE low <= ?5 AND ?5 < high)";

    private static final String LOOK = """
            SELECT low <= ?1 AND ?1 < high, feed <> 0 FROM kv_meta\
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
    private final boolean isExclusive;
    private boolean verified;
    private boolean takenInTransaction;
    private boolean looked;
    private boolean deletionsLogged;

    private Versions(long next, long end, boolean isExclusive) {
        this.next = next;
        this.end = end;
        this.isExclusive = isExclusive;
        this.verified = isExclusive;
        // Others may have begun to log before this store was opened: its first deletion must look.
        this.deletionsLogged = !isExclusive;
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
     * Returns how many numbers a change needs if the block does not have them or is not the last one taken any more;
     * else 0. Call in a transaction that writes, which keeps others from taking a block.
     */
    public int missing(JdbcOperations jdbc, Change<?> change) {
        int needed = change.versions();
        int deletions = change.deletions();
        if (needed + deletions == 0) {
            return 0;
        }
        if (!looked) {
            look(jdbc);
            looked = true;
        }
        if (deletionsLogged) {
            needed += deletions;
        }
        return needed == 0 || (verified && has(needed)) ? 0 : needed;
    }

    private void look(JdbcOperations jdbc) {
        jdbc.query(LOOK, statement -> statement.setLong(1, next), this::found);
        if (!verified) {
            forget();
        }
    }

    private void found(ResultSet row) throws SQLException {
        verified = isExclusive || row.getBoolean(1);
        deletionsLogged = row.getBoolean(2);
    }

    /**
     * Whether deletions were logged when the store looked last, or it has not looked yet, so that it must look before
     * it deletes.
     */
    boolean mayDeletionsBeLogged() {
        return deletionsLogged;
    }

    /** Whether a deletion needs a number. Call in a transaction if they {@link #mayDeletionsBeLogged}. */
    boolean areDeletionsLogged(JdbcOperations jdbc) {
        if (deletionsLogged && !looked) {
            look(jdbc);
        }
        return deletionsLogged;
    }

    /** The transaction makes sure that deletions are logged. */
    void deletionsAreLogged() {
        deletionsLogged = true;
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
    private static @Nullable Long only(ResultSet rows) throws SQLException {
        Long number = null;
        while (rows.next()) {
            number = rows.getLong(1);
        }
        return number;
    }

    /** The transaction was committed. From now on another store may take a block. */
    public void transactionCommitted() {
        verified = false;
        looked = false;
        takenInTransaction = false;
    }

    /** The transaction was not committed, or nobody knows whether it was: a block that it took may be taken again. */
    public void transactionFailed() {
        verified = false;
        looked = false;
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
