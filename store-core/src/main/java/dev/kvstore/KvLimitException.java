package dev.kvstore;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/** A group, key, value, template or rendered output is longer than the store allows. The message names the limit. */
public final class KvLimitException extends InvalidDataAccessApiUsageException {

    private static final long serialVersionUID = 1L;

    public KvLimitException(String message) {
        super(message);
    }
}
