package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.KvClosedException;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.Query;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.connection.Transactions;
import dev.kvstore.sqlite.table.SqliteDialect;
import dev.kvstore.sqlite.table.Versions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;

/** A database in memory: one connection, which both reads and writes, holds it, and it ends with the connection. */
final class MemoryEngine implements SqliteEngine {

    private static final Log log = LogFactory.getLog(MemoryEngine.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final StoreConnection connection;
    private final InstantSource clock;
    private final Versions versions = Versions.exclusive();
    private volatile boolean closed;
    private boolean unsure;

    MemoryEngine(StoreConnection connection, InstantSource clock) {
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public <T extends @Nullable Object> T read(Query<T> query) {
        Dialect dialect = new SqliteDialect(now(), versions, 0);
        return call(jdbc -> query.run(dialect, jdbc));
    }

    @Override
    public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
        return write(change, new SqliteDialect(now(), versions, 0));
    }

    <T extends @Nullable Object> T write(Change<T> change, Dialect dialect) {
        return call(jdbc -> dialect.isOneStatement(change)
                ? change.run(dialect, jdbc)
                : Transactions.write(jdbc, () -> change.run(dialect, jdbc)));
    }

    private <T extends @Nullable Object> T call(Function<JdbcOperations, T> operation) {
        requireNotCommitting();
        lock.lock();
        try {
            requireOpen();
            if (unsure) {
                endTransaction();
            }
            unsure = true;
            T result = connection.call(operation);
            unsure = false;
            return result;
        } finally {
            lock.unlock();
        }
    }

    // A call would join the transaction of the outer call, and be rolled back with it.
    @Override
    public void requireNotCommitting() {
        if (lock.isHeldByCurrentThread()) {
            throw new InvalidDataAccessApiUsageException("Store ':memory:': called by a thread that is within a call of"
                    + " this store, from an operation or a log appender. Nothing was executed; call it from another"
                    + " thread, and do not wait for that one");
        }
    }

    @Override
    public void requireOpen() {
        if (closed) {
            throw new KvClosedException("Store ':memory:' is closed");
        }
    }

    // The operation that failed may have left its transaction open, for example when memory had run out.
    private void endTransaction() {
        try {
            connection.run(Transactions::rollBack);
        } catch (BadSqlGrammarException none) {
            log.trace("No transaction was open", none);
        }
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            connection.close();
        } finally {
            lock.unlock();
        }
    }
}
