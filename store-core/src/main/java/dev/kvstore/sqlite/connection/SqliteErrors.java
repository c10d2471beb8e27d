package dev.kvstore.sqlite.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Translates the result codes of SQLite, which Spring's own translators do not know, into Spring's exceptions.
 *
 * @see <a href="https://sqlite.org/rescode.html">Result and error codes of SQLite</a>
 */
public final class SqliteErrors implements SQLExceptionTranslator {

    private static final SQLiteErrorCode[] REHEARSED = {
        SQLiteErrorCode.SQLITE_BUSY,
        SQLiteErrorCode.SQLITE_FULL,
        SQLiteErrorCode.SQLITE_NOMEM,
        SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
    };

    private final String database;

    public SqliteErrors(String database) {
        this.database = database;
    }

    /** The extended result code; 0 for an exception of another kind. */
    static int code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    }

    /** The primary result code of an extended one. */
    static int primaryCode(SQLException e) {
        return code(e) & 0xFF;
    }

    /**
     * The kind of error: the primary result code. A {@code -shm} file that cannot grow means a full disk (<a
     * href="https://sqlite.org/rescode.html#ioerr_shmsize">SQLite</a>).
     */
    public static SQLiteErrorCode kind(SQLException e) {
        return code(e) == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE.code
                ? SQLiteErrorCode.SQLITE_FULL
                : SQLiteErrorCode.getErrorCode(primaryCode(e));
    }

    /** Whether another connection held the lock that was needed. */
    public static boolean isBusy(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                int code = primaryCode(e);
                if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether pages were read, but are damaged or were read from the wrong place. */
    static boolean isOfPages(SQLException e) {
        return code(e) == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ.code
                || primaryCode(e) == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primaryCode(e) == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** Whether SQLite undoes only the statement that failed: the transaction keeps what was done before it. */
    public static boolean failedAlone(DataAccessException e) {
        return e instanceof NonTransientDataAccessException && !(e instanceof NonTransientDataAccessResourceException);
    }

    /** Whether no transaction can be open after a failure, except one that the caller rolls back. */
    public static boolean leavesNothingOpen(DataAccessException e) {
        return failedAlone(e) || e instanceof CannotAcquireLockException;
    }

    /** Whether a column that must not be null would have been. */
    public static boolean isNull(DataAccessException e) {
        return e.getCause() instanceof SQLException cause
                && code(cause) == SQLiteErrorCode.SQLITE_CONSTRAINT_NOTNULL.code;
    }

    /** Runs once what otherwise first runs when memory or stack has run out: the first run of code loads classes. */
    public void rehearse() {
        for (SQLiteErrorCode code : REHEARSED) {
            leavesNothingOpen(translate("rehearsal", null, new SQLiteException("rehearsal", code)));
        }
    }

    @Override
    public DataAccessException translate(String task, @Nullable String sql, SQLException e) {
        return switch (SQLiteErrorCode.getErrorCode(code(e))) {
            case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_ROWID ->
                new DuplicateKeyException(message("the key exists already", e), e);
            case SQLITE_BUSY_SNAPSHOT -> new ConcurrencyFailureException(message("another write came first", e), e);
            default -> translateKind(sql, e);
        };
    }

    private DataAccessException translateKind(@Nullable String sql, SQLException e) {
        return switch (kind(e)) {
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE ->
                new DataIntegrityViolationException(message("the entry does not fit", e), e);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new CannotAcquireLockException(message("another connection holds the lock", e), e);
            case SQLITE_INTERRUPT -> new QueryTimeoutException(message("the operation was interrupted", e), e);
            case SQLITE_FULL -> failure("the disk is full; make room, the store then works again", e);
            case SQLITE_IOERR ->
                failure(
                        "the disk reported an error; check the disk and the system's log; the store works again when"
                                + " the disk does",
                        e);
            case SQLITE_CORRUPT, SQLITE_NOTADB -> failure("the file is damaged; restore it from a backup", e);
            case SQLITE_READONLY -> failure("the file and its directory must be writable", e);
            case SQLITE_NOMEM -> failure("SQLite is out of memory", e);
            case SQLITE_PERM, SQLITE_AUTH ->
                new PermissionDeniedDataAccessException(message("access was denied", e), e);
            case SQLITE_MISUSE -> new InvalidDataAccessApiUsageException(message("the driver was misused", e), e);
            case SQLITE_ERROR ->
                e instanceof SQLiteException
                        ? new BadSqlGrammarException(database, String.valueOf(sql), e)
                        : failure("the connection failed", e);
            default -> failure("the database failed", e);
        };
    }

    private DataAccessException failure(String problem, SQLException e) {
        return new DataAccessResourceFailureException(message(problem, e), e);
    }

    private String message(String problem, SQLException e) {
        return "Store '%s': %s (%s)".formatted(database, problem, e.getMessage());
    }
}
