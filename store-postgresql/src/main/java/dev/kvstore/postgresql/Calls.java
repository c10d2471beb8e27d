package dev.kvstore.postgresql;

import dev.kvstore.KvClosedException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** The calls of a store that are under way, which its end waits for. */
final class Calls {

    private final String database;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;

    Calls(String database) {
        this.database = database;
    }

    <T extends @Nullable Object> T run(Supplier<T> call) {
        lock.readLock().lock();
        try {
            requireOpen();
            return call.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new KvClosedException("Store '" + database + "' is closed");
        }
    }

    /** Refuses calls from now on, and waits for those under way. */
    void close() {
        if (lock.getReadHoldCount() > 0) {
            throw new InvalidDataAccessApiUsageException("Store '" + database
                    + "': closed by a thread that is within a call of it; it would wait for itself. Close it from"
                    + " another thread");
        }
        lock.writeLock().lock();
        try {
            closed = true;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
