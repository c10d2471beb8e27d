package dev.kvstore.sqlite;

import dev.kvstore.Durability;
import dev.kvstore.KvStatus;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Dialect;
import dev.kvstore.engine.Query;
import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.file.OpenFile;
import dev.kvstore.sqlite.table.SqliteDialect;
import dev.kvstore.sqlite.table.Versions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A database in a file: one connection writes, others read beside it. */
record FileEngine(
        Path path,
        OpenFile file,
        long fileNumber,
        Writer writer,
        Readers readers,
        InstantSource clock,
        Versions versions,
        boolean isShared)
        implements SqliteEngine {

    @Override
    public <T extends @Nullable Object> T read(Query<T> query) {
        Dialect dialect = new SqliteDialect(now(), versions, fileNumber);
        return readers.read(jdbc -> query.run(dialect, jdbc));
    }

    @Override
    public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
        return writer.write(change, new SqliteDialect(now(), versions, fileNumber), durability);
    }

    @Override
    public KvStatus status() {
        return new FileStatus(path, this);
    }

    @Override
    public void requireNotCommitting() {
        writer.requireNotCommitting();
    }

    @Override
    public void requireOpen() {
        readers.requireOpen();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        writer.close();
        file.close();
    }
}
