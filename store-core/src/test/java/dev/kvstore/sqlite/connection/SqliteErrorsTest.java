package dev.kvstore.sqlite.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Every result code of SQLite is translated into an exception of Spring. */
class SqliteErrorsTest {

    private final SqliteErrors errors = new SqliteErrors("the file");

    @ParameterizedTest
    @CsvSource({
        "SQLITE_CONSTRAINT_PRIMARYKEY, DuplicateKeyException",
        "SQLITE_CONSTRAINT_UNIQUE, DuplicateKeyException",
        "SQLITE_CONSTRAINT_ROWID, DuplicateKeyException",
        "SQLITE_CONSTRAINT_NOTNULL, DataIntegrityViolationException",
        "SQLITE_CONSTRAINT, DataIntegrityViolationException",
        "SQLITE_TOOBIG, DataIntegrityViolationException",
        "SQLITE_MISMATCH, DataIntegrityViolationException",
        "SQLITE_RANGE, DataIntegrityViolationException",
        "SQLITE_BUSY, CannotAcquireLockException",
        "SQLITE_BUSY_RECOVERY, CannotAcquireLockException",
        "SQLITE_LOCKED, CannotAcquireLockException",
        "SQLITE_BUSY_SNAPSHOT, ConcurrencyFailureException",
        "SQLITE_INTERRUPT, QueryTimeoutException",
        "SQLITE_FULL, DataAccessResourceFailureException",
        "SQLITE_IOERR, DataAccessResourceFailureException",
        "SQLITE_IOERR_FSYNC, DataAccessResourceFailureException",
        "SQLITE_CORRUPT, DataAccessResourceFailureException",
        "SQLITE_NOTADB, DataAccessResourceFailureException",
        "SQLITE_CANTOPEN, DataAccessResourceFailureException",
        "SQLITE_READONLY, DataAccessResourceFailureException",
        "SQLITE_READONLY_DBMOVED, DataAccessResourceFailureException",
        "SQLITE_NOMEM, DataAccessResourceFailureException",
        "SQLITE_PERM, PermissionDeniedDataAccessException",
        "SQLITE_AUTH, PermissionDeniedDataAccessException",
        "SQLITE_MISUSE, InvalidDataAccessApiUsageException",
        "SQLITE_ERROR, BadSqlGrammarException",
        "SQLITE_PROTOCOL, DataAccessResourceFailureException",
    })
    void eachCodeIsTranslatedToASpringException(SQLiteErrorCode code, String exception) {
        DataAccessException translated = errors.translate("task", "SELECT 1", new SQLiteException("driver", code));

        assertThat(translated.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(translated).hasMessageContaining("the file");
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, make room",
        "SQLITE_IOERR_SHMSIZE, make room",
        "SQLITE_IOERR, check the disk",
        "SQLITE_IOERR_FSYNC, check the disk",
        "SQLITE_CORRUPT, restore it from a backup",
        "SQLITE_READONLY, must be writable"
    })
    void anErrorOfTheDiskOrTheFileSaysWhatToDo(SQLiteErrorCode code, String advice) {
        assertThat(errors.translate("task", "SELECT 1", new SQLiteException("driver", code)))
                .hasMessageContaining("the file")
                .hasMessageContaining(advice)
                .hasMessageContaining("driver");
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY, true",
        "SQLITE_BUSY_RECOVERY, true",
        "SQLITE_LOCKED, true",
        "SQLITE_LOCKED_SHAREDCACHE, true",
        "SQLITE_FULL, false",
        "SQLITE_IOERR_LOCK, false"
    })
    void aBusyErrorIsRecognizedHoweverItIsWrapped(SQLiteErrorCode code, boolean busy) {
        SQLException error = new SQLiteException("driver", code);

        assertThat(SqliteErrors.isBusy(error)).isEqualTo(busy);
        assertThat(SqliteErrors.isBusy(new IllegalStateException(new IOException(error))))
                .isEqualTo(busy);
    }

    @Test
    void everyCodeThatTheDriverKnowsIsTranslated() {
        for (SQLiteErrorCode code : SQLiteErrorCode.values()) {
            assertThat(errors.translate("task", null, new SQLiteException("driver", code)))
                    .isNotNull();
        }
    }

    @Test
    void anErrorOfTheDriverItselfIsAFailureOfTheConnection() {
        assertThat(errors.translate("task", null, new SQLException("database connection closed")))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void jdbcTemplateThrowsTranslatedErrors() throws Exception {
        SqliteSettings settings = new SqliteSettings(null, Durability.FULL, Duration.ofSeconds(1), 1, false, false);
        try (StoreConnection connection = new StoreConnection(new SqliteConnections(settings).openWriter(), "memory")) {
            connection.call(jdbc -> {
                jdbc.execute("CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY)");
                jdbc.update("INSERT INTO t VALUES ('hidden')");
                return null;
            });

            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(() -> connection.call(jdbc -> jdbc.update("INSERT INTO t VALUES (?)", "hidden")))
                    .withMessageNotContaining("hidden");
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> connection.call(jdbc -> jdbc.update("INSERT INTO t VALUES (NULL)")));
            assertThatExceptionOfType(BadSqlGrammarException.class)
                    .isThrownBy(() -> connection.call(jdbc -> jdbc.update("SELEKT")));
        }
    }
}
