package dev.kvstore.sqlite.connection;

import dev.kvstore.KvClosedException;
import dev.kvstore.commit.BusyTimeout;
import dev.kvstore.commit.StackReserve;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Connections that read side by side, each used by one thread at a time. A read never waits for a writer. Each thread
 * has a preferred connection, so that threads seldom contend.
 */
public final class Readers implements AutoCloseable {

    private static final Log log = LogFactory.getLog(Readers.class);

    /** A tenth of the shortest read worth waiting for. */
    private static final long POLL_NANOS = 100_000;

    private final Reader[] readers;
    private final StoreConnection.Opener opener;
    private final BusyTimeout busyTimeout;
    private volatile boolean closed;

    /** Reads on open connections; the opener replaces them. */
    public Readers(List<StoreConnection> connections, StoreConnection.Opener opener, BusyTimeout busyTimeout) {
        this.readers = connections.stream().map(Reader::new).toArray(Reader[]::new);
        this.opener = opener;
        this.busyTimeout = busyTimeout;
    }

    public <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        StackReserve.requireToRead();
        Reader reader = lockOne();
        try {
            requireOpen();
            return read(reader, operation);
        } finally {
            reader.ended.setRelease(reader.ended.getPlain() + 1);
            reader.lock.unlock();
        }
    }

    /**
     * Waits for the end of the reads under way. Reads that begin during the wait are not waited for, and do not wait.
     * @param deadline when the wait ends at the latest, by {@link System#nanoTime()}
     * @return whether the reads have ended
     */
    public boolean awaitThoseUnderWay(long deadline) {
        boolean interrupted = false;
        try {
            for (ReadUnderWay read : readsUnderWay()) {
                while (!read.hasEnded()) {
                    if (System.nanoTime() - deadline >= 0) {
                        return false;
                    }
                    // Reads signal nothing at their end: each of them would have to check for a waiting thread.
                    LockSupport.parkNanos(POLL_NANOS);
                    // An interrupted thread does not park, so clear the flag until the wait is over.
                    interrupted |= Thread.interrupted();
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<ReadUnderWay> readsUnderWay() {
        return Stream.of(readers)
                .map(reader -> new ReadUnderWay(reader, reader.ended.getAcquire()))
                .filter(read -> !read.hasEnded())
                .toList();
    }

    private Reader lockOne() {
        int preferred = (int) (Thread.currentThread().getId() % readers.length);
        for (int i = 0; i < readers.length; i++) {
            Reader reader = readers[(preferred + i) % readers.length];
            if (reader.lock.tryLock()) {
                return reader;
            }
        }
        readers[preferred].lock.lock();
        return readers[preferred];
    }

    /**
     * Refuses a call that came too late.
     *
     * @throws KvClosedException when reads are refused
     */
    public void requireOpen() {
        if (closed) {
            throw new KvClosedException("Store '" + busyTimeout.database() + "' is closed");
        }
    }

    private <T extends @Nullable Object> T read(Reader reader, Function<JdbcOperations, T> operation) {
        StoreConnection connection = open(reader);
        reader.unsure = true;
        try {
            T result = busyTimeout.retry(() -> connection.call(operation));
            reader.unsure = false;
            return result;
        } catch (DataAccessException e) {
            reader.unsure = !SqliteErrors.leavesNothingOpen(e);
            throw e;
        } finally {
            if (reader.unsure) {
                replaceUnsure(reader);
            }
        }
    }

    // An open transaction would let this connection read an old snapshot for ever, and keep the WAL from being
    // checkpointed.
    private void replaceUnsure(Reader reader) {
        try {
            open(reader);
        } catch (DataAccessException | VirtualMachineError e) {
            log.debug("A reader is replaced at its next use", e);
        }
    }

    private StoreConnection open(Reader reader) {
        StoreConnection connection = reader.connection;
        if (connection == null || reader.unsure) {
            StoreConnection last = connection;
            if (last != null) {
                // First, so that no failure leaves a transaction open for ever.
                last.rollBack();
            }
            connection = opener.open(busyTimeout.database());
            reader.connection = connection;
            reader.unsure = false;
            // Close the old connection only now: closing the last connection may delete the WAL.
            if (last != null) {
                last.close();
            }
        }
        return connection;
    }

    /**
     * Closes all connections, runs an action while none is open, and opens them again; reads wait. A connection that
     * cannot be opened now is opened when it is needed.
     */
    public void reopen(Runnable whileClosed) {
        for (Reader reader : readers) {
            reader.lock.lock();
        }
        try {
            for (Reader reader : readers) {
                reader.close();
            }
            whileClosed.run();
            openThoseMissing();
        } catch (DataAccessException e) {
            log.debug("A reader did not open", e);
        } finally {
            for (Reader reader : readers) {
                reader.lock.unlock();
            }
        }
    }

    /** Opens all closed connections: while no reader is open, closing any other connection may delete the WAL. */
    public void openThoseMissing() {
        for (Reader reader : readers) {
            if (reader.connection == null) {
                reader.lock.lock();
                try {
                    open(reader);
                } finally {
                    reader.lock.unlock();
                }
            }
        }
    }

    /** Refuses reads from now on. */
    public void refuse() {
        closed = true;
    }

    /** Waits for the reads in flight, then closes the connections. */
    @Override
    public void close() {
        refuse();
        for (Reader reader : readers) {
            reader.lock.lock();
            try {
                reader.close();
            } finally {
                reader.lock.unlock();
            }
        }
    }

    /** The read, if any, that holds a reader since a number of others ended. */
    private record ReadUnderWay(Reader reader, long endedBefore) {

        boolean hasEnded() {
            return reader.ended.getAcquire() != endedBefore || !reader.lock.isLocked();
        }
    }

    private static final class Reader {

        private final ReentrantLock lock = new ReentrantLock();
        // The number of reads that have ended. Only the holder of the lock writes it.
        private final AtomicLong ended = new AtomicLong();
        private volatile @Nullable StoreConnection connection;
        private boolean unsure;

        Reader(StoreConnection connection) {
            this.connection = connection;
        }

        void close() {
            StoreConnection last = connection;
            connection = null;
            unsure = false;
            if (last != null) {
                last.close();
            }
        }
    }
}
