package dev.kvstore.sqlite;

import dev.kvstore.KvClosedException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** A database in memory: it lives in one connection, which both reads and writes, and is lost with it. */
final class MemoryEngine implements SqliteEngine {

    private final ReentrantLock lock = new ReentrantLock();
    private final Session session;
    private boolean closed;

    MemoryEngine(Session session) {
        this.session = session;
    }

    @Override
    public <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        lock.lock();
        try {
            if (closed) {
                throw new KvClosedException("Store ':memory:' is closed");
            }
            return session.call(operation);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Function<JdbcOperations, T> operation) {
        return read(operation);
    }

    @Override
    public <T extends @Nullable Object> T transact(Function<JdbcOperations, T> operation) {
        return read(jdbc -> SqliteSql.inTransaction(jdbc, SqliteSql.BEGIN, () -> operation.apply(jdbc)));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            session.close();
        } finally {
            lock.unlock();
        }
    }
}
