package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.KvStatus;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.Query;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.file.OpenFile;
import dev.kvstore.sqlite.file.ReplacedFile;
import dev.kvstore.sqlite.table.SqliteDialect;
import dev.kvstore.sqlite.table.Versions;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** A database in a file that is only read. */
record ReadOnlyEngine(SqliteSettings settings, OpenFile file, Readers readers, ReplacedFile replaced)
        implements SqliteEngine {

    private static final Versions NO_VERSIONS = Versions.shared();

    @Override
    public <T extends @Nullable Object> T read(Query<T> query) {
        readers.requireOpen();
        replaced.requireNone();
        Dialect dialect = new SqliteDialect(now(), NO_VERSIONS, 0);
        return readers.read(jdbc -> query.run(dialect, jdbc));
    }

    @Override
    public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
        readers.requireOpen();
        throw readOnly();
    }

    @Override
    public KvStatus status() {
        return new FileStatus(Objects.requireNonNull(settings.file()), null);
    }

    @Override
    public void requireNotCommitting() {
        // Nothing is committed.
    }

    @Override
    public void requireOpen() {
        readers.requireOpen();
    }

    private InvalidDataAccessApiUsageException readOnly() {
        return new InvalidDataAccessApiUsageException("Store '%s' is read-only (%s)"
                .formatted(settings.name(), settings.names().of("readOnly")));
    }

    @Override
    public Instant now() {
        return settings.clock().instant();
    }

    @Override
    public void close() {
        readers.close();
        file.close();
    }
}
