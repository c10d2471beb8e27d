package dev.kvstore.sqlite.wal;

import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.StoreConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Moves the write-ahead log into the database when it has grown. SQLite would do so by itself after a commit, but it tells
 * nobody when that fails. Where reads never leave the WAL, {@link WalRestart} makes a pause for it.
 *
 * <p>A checkpoint that a reader keeps from the end of the log syncs nothing, and SQLite never moves again what it has moved.
 * When the sync of a later checkpoint fails, Linux may drop those pages too, and the next sync says that all is well
 * (https://lwn.net/Articles/752063): the log would be overwritten, and a loss of power then damage the file. So after a
 * failure the log is moved again from its beginning. For that its index must be made anew, which SQLite does for the first
 * connection to a file that none has open (https://sqlite.org/walformat.html, 2.3). Not thread-safe: it belongs to the
 * writer.
 */
public final class Checkpointer {

    /** Little enough for a log not to grow by more than some MB unseen; to look after each commit would cost a tenth of it. */
    private static final long LOOK_INTERVAL_NANOS = 500_000;

    private final LeaderLog log = new LeaderLog(Checkpointer.class);
    private final Path file;
    private final Readers readers;
    private final StoreConnection.Opener guards;
    private final WalGrowth growth;
    private final WalRestart restart;
    private final int interval;
    private final long lookInterval;
    private long lastLook;
    private int dueAt;
    private boolean failing;
    private boolean distrusted;
    private boolean leftInPlace;

    /**
     * Creates the checkpointer of a store.
     *
     * @param interval how many pages of log are worth a checkpoint
     * @param guards opens connections that cannot write, and so leave the log in place when they are the last to be closed
     */
    public Checkpointer(Path file, int pageSize, int interval, Readers readers, StoreConnection.Opener guards) {
        this(file, pageSize, interval, readers, guards, new WalRestart(readers, interval), LOOK_INTERVAL_NANOS);
    }

    Checkpointer(
            Path file,
            int pageSize,
            int interval,
            Readers readers,
            StoreConnection.Opener guards,
            WalRestart restart,
            long lookIntervalNanos) {
        this.file = file;
        this.readers = readers;
        this.guards = guards;
        this.growth = new WalGrowth(file, pageSize, log);
        this.restart = restart;
        this.interval = interval;
        this.dueAt = interval;
        this.lookInterval = lookIntervalNanos;
        this.lastLook = System.nanoTime() - lookInterval;
    }

    /**
     * Looks at the log after a commit, and moves it when that is due. Fails in no case: what was committed stays so.
     *
     * @return the connection to go on with; null when it had to be closed
     */
    @Nullable
    public StoreConnection afterCommit(StoreConnection writer) {
        long now = System.nanoTime();
        if (now - lastLook < lookInterval) {
            return writer;
        }
        lastLook = now;
        try {
            WalExtent extent = WalExtent.of(writer);
            if (extent.pages() < interval) {
                dueAt = interval;
                restart.startedOver();
            }
            StoreConnection next = extent.pages() < dueAt ? writer : move(writer, extent);
            growth.look(extent.pages(), restart.isHeldByOwnReads());
            return next;
        } catch (DataAccessException | Error e) {
            tell(e);
            return writer;
        }
    }

    private @Nullable StoreConnection move(StoreConnection writer, WalExtent extent) {
        // Somebody else has begun the log anew, or made its index anew.
        distrusted &= extent.moved() > 0;
        if (!distrusted && succeeds(writer, extent)) {
            dueAt = interval;
            return writer;
        }
        dueAt = extent.pages() + interval;
        return distrusted ? startOver(writer) : writer;
    }

    private boolean succeeds(StoreConnection writer, WalExtent extent) {
        return restart.isDue(extent.pages())
                ? restart.attempt(extent.pages(), () -> checkpoint(writer, WalExtent.CHECKPOINT))
                : checkpoint(writer, WalExtent.CHECKPOINT) != null;
    }

    /** Returns what is left in the WAL; null when the checkpoint failed. */
    private @Nullable WalExtent checkpoint(StoreConnection writer, String checkpoint) {
        WalExtent left;
        try {
            left = WalExtent.after(checkpoint, writer);
        } catch (DataAccessException e) {
            tell(e);
            distrusted = hasMovedSome(writer);
            return null;
        }
        if (failing) {
            log.info("Store '" + file + "': its write-ahead log could be moved into the file again");
        }
        failing = false;
        return left;
    }

    private static boolean hasMovedSome(StoreConnection writer) {
        try {
            return WalExtent.of(writer).moved() > 0;
        } catch (DataAccessException e) {
            return true;
        }
    }

    private void tell(Throwable failure) {
        if (!failing) {
            log.warn(
                    "Store '" + file
                            + "': its write-ahead log could not be moved into the file. No entry is lost, and it is"
                            + " tried again when the log has grown; look at the disk and the system's log",
                    failure);
        }
        failing = true;
    }

    /**
     * Closes all connections, without the checkpoint that the last one makes when it can write, and opens the readers again.
     * Where another process has the file open the index of the log stays as it is, and this is tried again later.
     */
    private @Nullable StoreConnection startOver(StoreConnection writer) {
        StoreConnection guard;
        try {
            guard = guards.open();
        } catch (SQLException e) {
            log.debug("The index of the log could not be made anew", e);
            return writer;
        }
        readers.reopen(() -> {
            writer.close();
            guard.close();
        });
        return null;
    }

    /** What is logged here while a thread leads is kept until it has handed over. */
    public LeaderLog log() {
        return log;
    }

    /** Moves all of the log into the database and empties it, as far as other processes let it. */
    public void empty(StoreConnection writer) {
        distrusted = distrusted && hasMovedSome(writer);
        if (!distrusted) {
            checkpoint(writer, WalExtent.TRUNCATING_CHECKPOINT);
        }
    }

    /**
     * Closes the connections of the store, and moves the WAL into the database, unless it must not be moved.
     *
     * @param writer null when it was given up
     * @param mayCheckpoint false when the index of the WAL may be out of date
     */
    public void close(@Nullable StoreConnection writer, boolean mayCheckpoint) {
        readers.refuse();
        if (!mayCheckpoint) {
            closeWithoutCheckpoint(writer);
        } else if (writer == null) {
            closeLast(readers::close);
        } else {
            readers.close();
            empty(writer);
            closeLast(writer::close);
        }
    }

    private void closeWithoutCheckpoint(@Nullable StoreConnection writer) {
        if (leftInPlace) {
            return;
        }
        try {
            StoreConnection guard = guards.open();
            readers.close();
            if (writer != null) {
                writer.close();
            }
            guard.close();
            leftInPlace = true;
        } catch (SQLException e) {
            tellThatAConnectionStaysOpen(e);
        }
    }

    /** Closes the last connections of the store, which make a checkpoint when they can write. */
    private void closeLast(Runnable close) {
        if (!distrusted) {
            close.run();
            return;
        }
        try {
            StoreConnection guard = guards.open();
            if (hasMovedSome(guard)) {
                close.run();
                guard.close();
            } else {
                // The index of the WAL is new: its first checkpoint begins at the beginning.
                guard.close();
                close.run();
            }
            distrusted = false;
        } catch (SQLException e) {
            tellThatAConnectionStaysOpen(e);
        }
    }

    private void tellThatAConnectionStaysOpen(SQLException cause) {
        log.warn("Store '" + file + "': a connection stays open, since its end could damage the file", cause);
    }
}
