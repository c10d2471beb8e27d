package dev.kvstore.sqlite;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** A database in memory: it lives in one connection, which both reads and writes. */
record MemoryEngine(Writer connection) implements SqliteEngine {

    @Override
    public <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        return connection.write(operation);
    }

    @Override
    public <T extends @Nullable Object> T write(Function<JdbcOperations, T> operation) {
        return connection.write(operation);
    }

    @Override
    public <T extends @Nullable Object> T transact(Function<JdbcOperations, T> operation) {
        return connection.transact(operation);
    }

    @Override
    public void close() {
        connection.close();
    }
}
