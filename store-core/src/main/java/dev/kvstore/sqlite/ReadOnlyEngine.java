package dev.kvstore.sqlite;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.core.JdbcOperations;

/** A database in a file that is only read. */
record ReadOnlyEngine(OpenFile file, String database, Readers readers, ReplacedFile replaced) implements SqliteEngine {

    @Override
    public <T extends @Nullable Object> T read(Function<JdbcOperations, T> operation) {
        if (!readers.isClosed()) {
            replaced.requireNone();
        }
        return readers.read(operation);
    }

    @Override
    public <T extends @Nullable Object> T write(Function<JdbcOperations, T> operation) {
        throw readers.isClosed() ? readers.closed() : readOnly();
    }

    @Override
    public <T extends @Nullable Object> T transact(Function<JdbcOperations, T> operation) {
        return write(operation);
    }

    private InvalidDataAccessApiUsageException readOnly() {
        return new InvalidDataAccessApiUsageException("Store '" + database + "' is read-only (kvstore.read-only)");
    }

    @Override
    public void close() {
        readers.close();
        file.close();
    }
}
