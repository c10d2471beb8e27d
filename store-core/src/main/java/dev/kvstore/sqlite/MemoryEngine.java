package dev.kvstore.sqlite;

import dev.kvstore.KvClosedException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;

/** A database in memory: it lives in one connection, which both reads and writes, and is lost with it. */
final class MemoryEngine implements SqliteEngine {

    private static final Log log = LogFactory.getLog(MemoryEngine.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Session session;
    private boolean closed;
    private boolean unsure;

    MemoryEngine(Session session) {
        this.session = session;
    }

    @Override
    public <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        requireNoCallWithinACall();
        lock.lock();
        try {
            if (closed) {
                throw new KvClosedException("Store ':memory:' is closed");
            }
            if (unsure) {
                endTransaction();
            }
            unsure = true;
            T result = session.call(operation);
            unsure = false;
            return result;
        } finally {
            lock.unlock();
        }
    }

    // It would be part of the transaction of the call that it is in, and undone with it.
    private void requireNoCallWithinACall() {
        if (lock.isHeldByCurrentThread()) {
            throw new InvalidDataAccessApiUsageException("Store ':memory:': called by a thread that is within a call of"
                    + " this store, from an operation or a log appender. Nothing was executed; call it from another"
                    + " thread, and do not wait for that one");
        }
    }

    // A failure may have kept the one before from it, such as want of memory.
    private void endTransaction() {
        try {
            session.run(jdbc -> SqliteSql.execute(jdbc, SqliteSql.ROLLBACK));
        } catch (BadSqlGrammarException none) {
            log.trace("No transaction was open", none);
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
