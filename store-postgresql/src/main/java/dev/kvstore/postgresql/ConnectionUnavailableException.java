package dev.kvstore.postgresql;

import java.sql.SQLException;
import org.springframework.dao.TransientDataAccessResourceException;

/** No connection could be had in time, so nothing was sent. */
final class ConnectionUnavailableException extends TransientDataAccessResourceException {

    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    ConnectionUnavailableException(String message, SQLException failure) {
        super(message, failure);
        this.failure = failure;
    }

    SQLException failure() {
        return failure;
    }
}
