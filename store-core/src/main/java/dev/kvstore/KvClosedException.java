package dev.kvstore;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/** The store was closed before the call. */
public final class KvClosedException extends InvalidDataAccessApiUsageException {

    private static final long serialVersionUID = 1L;

    public KvClosedException(String message) {
        super(message);
    }
}
