package dev.kvstore.sqlite;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** A database in a file: one connection writes, others read beside it. */
record FileEngine(OpenFile file, Writer writer, Readers readers) implements SqliteEngine {

    @Override
    public <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        return readers.read(operation);
    }

    @Override
    public <T extends @Nullable Object> T write(Function<JdbcOperations, T> operation) {
        return writer.write(operation);
    }

    @Override
    public <T extends @Nullable Object> T transact(Function<JdbcOperations, T> operation) {
        return writer.transact(operation);
    }

    @Override
    public void close() {
        writer.close();
        file.close();
    }
}
