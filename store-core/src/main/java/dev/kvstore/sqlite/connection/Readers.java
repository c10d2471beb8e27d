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
 * Connections that read side by side, one thread each at a time. A read never waits for a writer. Each thread has a
 * connection that it prefers, so that threads seldom meet.
 */
public final class Readers implements AutoCloseable {

    private static final Log log = LogFactory.getLog(Readers.class);

    /** A tenth of what a read takes that is long enough to be waited for. */
    private static final long POLL_NANOS = 100_000;

    private final Reader[] readers;
    private final StoreConnection.Opener opener;
    private final BusyTimeout busyTimeout;
    private volatile boolean closed;

    /** Readers on open connections, and how others are opened in their place. */
    public Readers(List<StoreConnection> connections, StoreConnection.Opener opener, BusyTimeout busyTimeout) {
        this.readers = connections.stream().map(Reader::new).toArray(Reader[]::new);
        this.opener = opener;
        this.busyTimeout = busyTimeout;
    }

    public <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        StackReserve.requireToRead();
        Reader reader = lockOne();
        try {
            if (closed) {
                throw closed();
            }
            return read(reader, operation);
        } finally {
            reader.ended.setRelease(reader.ended.getPlain() + 1);
            reader.lock.unlock();
        }
    }

    /**
     * Waits until the reads have ended that are under way now. Those that begin meanwhile are not waited for, nor do they
     * wait.
     *
     * @param deadline until when it waits, by {@link System#nanoTime()}
     * @return whether they have ended
     */
    public boolean awaitThoseUnderWay(long deadline) {
        boolean interrupted = false;
        try {
            for (ReadUnderWay read : readsUnderWay()) {
                while (!read.hasEnded()) {
                    if (System.nanoTime() - deadline >= 0) {
                        return false;
                    }
                    // Reads wake nobody up: for that each of them would have to look whether somebody waits.
                    LockSupport.parkNanos(POLL_NANOS);
                    // A thread that is interrupted does not park, so the flag is taken off until the wait is over.
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

    public boolean isClosed() {
        return closed;
    }

    public KvClosedException closed() {
        return new KvClosedException("Store '" + busyTimeout.database() + "' is closed");
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

    // A transaction that was left open would let this connection read the past for ever, and keep the log from being
    // moved.
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
                // First, so that no failure leaves a transaction open that nobody ends any more.
                last.rollBack();
            }
            connection = opener.open(busyTimeout.database());
            reader.connection = connection;
            reader.unsure = false;
            // Only now, since the end of the last connection may remove the log.
            if (last != null) {
                last.close();
            }
        }
        return connection;
    }

    /**
     * Closes all connections, does something while there is none, and opens them again; reads wait meanwhile. What cannot be
     * opened is tried again when it is needed.
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

    /** Opens what is not open: while no reader is, the end of any other connection may remove the log. */
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

    /** Lets the reads in flight end, then closes the connections. */
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

    /** The read, if any, that has a reader for itself since a number of others ended. */
    private record ReadUnderWay(Reader reader, long endedBefore) {

        boolean hasEnded() {
            return reader.ended.getAcquire() != endedBefore || !reader.lock.isLocked();
        }
    }

    private static final class Reader {

        private final ReentrantLock lock = new ReentrantLock();
        // How many reads have ended. Only the holder of the lock writes it.
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
