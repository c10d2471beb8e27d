package dev.kvstore.postgresql;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/** A write was sent, and it is not known whether the database has it, or will keep it. */
final class OutcomeUnknownException extends DataAccessResourceFailureException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
