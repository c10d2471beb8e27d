package dev.kvstore.sqlite;

import dev.kvstore.KvClosedException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Connections that read side by side, one thread each at a time. A read never waits for a writer. Each thread has a
 * connection that it prefers, so that threads seldom meet.
 */
final class Readers implements AutoCloseable {

    private final Reader[] readers;
    private final BusyTimeout busyTimeout;
    private volatile boolean closed;

    Readers(List<Session> sessions, BusyTimeout busyTimeout) {
        this.readers = sessions.stream().map(Reader::new).toArray(Reader[]::new);
        this.busyTimeout = busyTimeout;
    }

    <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        StackReserve.require();
        Reader reader = lockOne();
        try {
            if (closed) {
                throw closed();
            }
            return busyTimeout.retry(() -> reader.session.call(operation));
        } finally {
            reader.lock.unlock();
        }
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

    boolean isClosed() {
        return closed;
    }

    KvClosedException closed() {
        return new KvClosedException("Store '" + busyTimeout.database() + "' is closed");
    }

    /** Lets the reads in flight end, then closes the connections. */
    @Override
    public void close() {
        closed = true;
        for (Reader reader : readers) {
            reader.lock.lock();
            try {
                reader.session.close();
            } finally {
                reader.lock.unlock();
            }
        }
    }

    private record Reader(Session session, ReentrantLock lock) {

        Reader(Session session) {
            this(session, new ReentrantLock());
        }
    }
}
