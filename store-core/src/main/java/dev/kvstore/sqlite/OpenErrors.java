package dev.kvstore.sqlite;

import dev.kvstore.KvOpenException;
import dev.kvstore.sqlite.connection.SqliteErrors;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.file.OpenFailures;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Translates an error during opening into the failure that a person can act on. */
final class OpenErrors {

    private OpenErrors() {}

    static KvOpenException translate(SqliteSettings settings, Throwable failure) {
        Path file = settings.file();
        SQLException sql = sqlCause(failure);
        if (file == null || sql == null) {
            return OpenFailures.other(settings.name(), failure);
        }
        String problem = String.valueOf(sql.getMessage());
        return switch (SqliteErrors.kind(sql)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> OpenFailures.locked(file, settings.names(), failure);
            case SQLITE_NOTADB -> OpenFailures.notAStore(file, "the file is not a SQLite database", failure);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN -> OpenFailures.notWritable(file, failure);
            case SQLITE_CORRUPT -> OpenFailures.damaged(file, problem, failure);
            case SQLITE_FULL -> OpenFailures.diskFull(file, failure);
            case SQLITE_IOERR -> OpenFailures.diskError(file, problem, failure);
            default -> OpenFailures.other(settings.name(), failure);
        };
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                return e;
            }
        }
        return null;
    }
}
