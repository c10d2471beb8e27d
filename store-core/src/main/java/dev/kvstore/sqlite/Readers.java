package dev.kvstore.sqlite;

import dev.kvstore.KvClosedException;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** Connections that read side by side, one thread each at a time. A read never waits for a writer. */
final class Readers implements AutoCloseable {

    private final Deque<Session> idle;
    private final int size;
    private final Semaphore permits;
    private final BusyTimeout busyTimeout;
    private volatile boolean closed;

    Readers(Collection<Session> sessions, BusyTimeout busyTimeout) {
        this.idle = new ConcurrentLinkedDeque<>(sessions);
        this.size = sessions.size();
        this.permits = new Semaphore(size);
        this.busyTimeout = busyTimeout;
    }

    <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        long start = System.nanoTime();
        permits.acquireUninterruptibly();
        try {
            if (closed) {
                throw closed();
            }
            // A permit stands for a session, and the last one used is the warmest.
            Session session = idle.pop();
            try {
                return busyTimeout.retry(start, () -> session.call(operation));
            } finally {
                idle.push(session);
            }
        } finally {
            permits.release();
        }
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
        permits.acquireUninterruptibly(size);
        for (Session session = idle.poll(); session != null; session = idle.poll()) {
            session.close();
        }
        permits.release(size);
    }
}
