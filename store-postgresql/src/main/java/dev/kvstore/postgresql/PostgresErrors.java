package dev.kvstore.postgresql;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.BadSqlGrammarException;

/**
 * Translates errors of the database into Spring's exceptions. Spring's own translators do not know some of them, and
 * none knows whether a write had an effect.
 *
 * @param database how messages name the database
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's error codes</a>
 */
record PostgresErrors(String database) {

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String READ_ONLY = "25006";
    private static final String QUERY_CANCELED = "57014";
    private static final String NO_PRIVILEGE = "42501";
    private static final String CONNECTION = "08";

    /**
     * The server ends the session: on shutdown, after a crash, while it starts, if the database is dropped, if idle.
     */
    private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03");

    /** What a failure of the connection during a statement means. */
    enum Use {
        /** Nothing: it can be repeated. */
        READ,
        /** The statement may have been committed. */
        COMMIT,
        /** The transaction ends without effect. */
        TRANSACTION
    }

    /** Whether the server undid everything because of another transaction, so that a repetition may succeed. */
    static boolean isConflict(DataAccessException e) {
        String state = state(e);
        return SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state);
    }

    /** Whether the server refused to write, since it is or became a standby. Nothing was executed. */
    static boolean isReadOnly(DataAccessException e) {
        return READ_ONLY.equals(state(e));
    }

    /** Whether a connection must not be used again. */
    static boolean isUnusable(SQLException e) {
        return READ_ONLY.equals(e.getSQLState()) || isOfConnection(e);
    }

    static boolean isOfConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(CONNECTION) || SESSION_ENDED.contains(state));
    }

    private static @Nullable String state(DataAccessException e) {
        return e.getCause() instanceof SQLException cause ? cause.getSQLState() : null;
    }

    /**
     * Translates an error.
     *
     * @param isLost whether the connection is closed since
     */
    DataAccessException translate(Use use, String sql, SQLException e, boolean isLost) {
        String state = String.valueOf(e.getSQLState());
        // After this error of the server, the pool has closed the connection.
        if (!state.equals(READ_ONLY) && (isLost || isOfConnection(e))) {
            return ofConnection(use, e);
        }
        return switch (state) {
            case SERIALIZATION_FAILURE, DEADLOCK ->
                new ConcurrencyFailureException(noEffect("another transaction changed the same entries", e), e);
            case LOCK_NOT_AVAILABLE ->
                new CannotAcquireLockException(
                        noEffect("another transaction held the lock of an entry for too long", e), e);
            case READ_ONLY ->
                new TransientDataAccessResourceException(
                        noEffect("the server accepts no writes; it may have become a standby", e), e);
            case QUERY_CANCELED -> new QueryTimeoutException(noEffect("the statement was cancelled", e), e);
            case NO_PRIVILEGE -> new PermissionDeniedDataAccessException(message("the user lacks a right", e), e);
            default -> ofClass(state, sql, e);
        };
    }

    private DataAccessException ofClass(String state, String sql, SQLException e) {
        String kind = state.substring(0, Math.min(2, state.length()));
        return switch (kind) {
            case "22", "23", "54" -> new DataIntegrityViolationException(message("the entry does not fit", e), e);
            case "42" -> new BadSqlGrammarException(database, sql, e);
            case "53" ->
                new NonTransientDataAccessResourceException(
                        message("the server lacks a resource, such as space on the disk", e), e);
            default -> new DataAccessResourceFailureException(message("the database failed", e), e);
        };
    }

    private DataAccessException ofConnection(Use use, SQLException e) {
        return switch (use) {
            case COMMIT -> unknown(e);
            case READ -> new DataAccessResourceFailureException(message("the connection failed", e), e);
            case TRANSACTION -> new TransientDataAccessResourceException(noEffect("the connection failed", e), e);
        };
    }

    OutcomeUnknownException unknown(@Nullable Throwable cause) {
        String reason = cause instanceof SQLException e ? " (" + text(e) + ")" : "";
        return new OutcomeUnknownException(
                "Store '" + database + "': the connection failed during a write" + reason
                        + ". The write may or may not have taken effect; read the entry before you repeat it",
                cause);
    }

    /** No connection could be had, so nothing was sent. */
    ConnectionUnavailableException unavailable(SQLException e) {
        return new ConnectionUnavailableException(noEffect("no connection is available", e), e);
    }

    /**
     * Refuses a warning after a write: a cancelled wait for a synchronous standby is one, and the driver then reports
     * success although a failover loses the write.
     *
     * @throws OutcomeUnknownException if there is a warning
     */
    void requireNone(@Nullable SQLWarning warning) {
        if (warning != null) {
            throw new OutcomeUnknownException(
                    "Store '" + database + "': the server warned about a write (" + text(warning)
                            + "). It may not survive a failover; read the entry before you repeat the write",
                    warning);
        }
    }

    private String noEffect(String problem, SQLException e) {
        return message(problem, e) + "; the operation had no effect and can be retried";
    }

    private String message(String problem, SQLException e) {
        return "Store '" + database + "': " + problem + " (" + text(e) + ")";
    }

    /** The text of an error without its details, which may contain a value. */
    static String text(SQLException e) {
        if (e instanceof PSQLException server && server.getServerErrorMessage() != null) {
            return server.getServerErrorMessage().getMessage() + ", SQLSTATE " + e.getSQLState();
        }
        return String.valueOf(e.getMessage());
    }
}
