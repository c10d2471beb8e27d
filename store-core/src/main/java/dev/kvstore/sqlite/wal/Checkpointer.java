package dev.kvstore.sqlite.wal;

import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.StoreConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Checkpoints the WAL when it has grown. SQLite would do so by itself after a commit, but reports no failure. Where
 * reads never leave the WAL, {@link WalRestart} makes a pause for it.
 *
 * <p>A checkpoint that a reader keeps from the end of the WAL syncs nothing, and SQLite never copies a page twice. When
 * the sync of a later checkpoint fails, Linux may drop those pages too, and the next sync reports success
 * (https://lwn.net/Articles/752063): the WAL would be overwritten, and a power cut then damage the file. So after a
 * failure the WAL is checkpointed from its beginning. That needs a new index of the WAL, which SQLite creates for the
 * first connection to a file that no process has open (https://sqlite.org/walformat.html, 2.3). Not thread-safe:
 * belongs to the writer.
 */
public final class Checkpointer {

    /**
     * Short enough that the WAL grows by no more than some MB unnoticed; a check after each commit would cost a tenth
     * of it.
     */
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
    private volatile boolean failing;
    private volatile boolean requested;
    private boolean distrusted;
    private boolean leftInPlace;

    /**
     * Creates the checkpointer of a store.
     * @param interval how many pages of WAL are worth a checkpoint
     * @param guards opens connections that cannot write, and so leave the WAL in place when they are the last to be
     *     closed
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
     * Checks the WAL after a commit, and checkpoints it when that is due. Never fails: the commit stands.
     * @return the connection to continue with; null when it had to be closed
     */
    @Nullable
    public StoreConnection afterCommit(StoreConnection writer) {
        long now = System.nanoTime();
        boolean forced = requested;
        if (!forced && now - lastLook < lookInterval) {
            return writer;
        }
        lastLook = now;
        try {
            if (forced) {
                requested = false;
                empty(writer);
            }
            WalExtent extent = WalExtent.of(writer);
            if (extent.pages() < interval) {
                dueAt = interval;
                restart.startedOver();
            }
            StoreConnection next = extent.pages() < dueAt ? writer : move(writer, extent);
            growth.look(extent.pages(), restart.isHeldByOwnReads());
            return next;
        } catch (DataAccessException | Error e) {
            warn(e);
            return writer;
        }
    }

    private @Nullable StoreConnection move(StoreConnection writer, WalExtent extent) {
        // Another process has started the WAL over, or created its index anew.
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
            warn(e);
            distrusted = hasMovedSome(writer);
            return null;
        }
        if (failing) {
            log.info("Store '" + file + "': its WAL could be checkpointed again");
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

    private void warn(Throwable failure) {
        if (!failing) {
            log.warn(
                    "Store '" + file
                            + "': its WAL could not be checkpointed. No entry is lost, and the checkpoint is retried"
                            + " when the WAL has grown; check the disk and the system's log",
                    failure);
        }
        failing = true;
    }

    /**
     * Closes all connections without the checkpoint that the last one makes when it can write, and opens the readers
     * again. While another process has the file open the WAL's index stays as it is, and this is retried later.
     */
    private @Nullable StoreConnection startOver(StoreConnection writer) {
        StoreConnection guard;
        try {
            guard = guards.open();
        } catch (SQLException e) {
            log.debug("The WAL's index could not be created anew", e);
            return writer;
        }
        readers.reopen(() -> {
            writer.close();
            guard.close();
        });
        return null;
    }

    /** Whether the last checkpoint failed. Any thread may ask. */
    public boolean isFailing() {
        return failing;
    }

    /** Empties the WAL after the next commit. Any thread may ask for it. */
    public void request() {
        requested = true;
    }

    /** Holds back the lines logged during a batch, until its leader has handed over. */
    public LeaderLog log() {
        return log;
    }

    /** Checkpoints and truncates the WAL, as far as other processes let it. */
    public void empty(StoreConnection writer) {
        distrusted = distrusted && hasMovedSome(writer);
        if (!distrusted) {
            checkpoint(writer, WalExtent.TRUNCATING_CHECKPOINT);
        }
    }

    /**
     * Closes the connections of the store, and checkpoints the WAL, unless that is forbidden.
     * @param writer null when it was given up
     * @param mayCheckpoint false when the index of the WAL may be outdated
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
            warnOfOpenConnection(e);
        }
    }

    /** Closes the last connections of the store, which checkpoint when they can write. */
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
                // The index of the WAL is new: its first checkpoint starts at the beginning.
                guard.close();
                close.run();
            }
            distrusted = false;
        } catch (SQLException e) {
            warnOfOpenConnection(e);
        }
    }

    private void warnOfOpenConnection(SQLException cause) {
        log.warn("Store '" + file + "': a connection stays open, since closing it could damage the file", cause);
    }
}
