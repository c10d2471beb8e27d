package dev.kvstore;

import org.springframework.dao.EmptyResultDataAccessException;

/** No live entry has this group and key. The message names both. */
public final class KvNotFoundException extends EmptyResultDataAccessException {

    private static final long serialVersionUID = 1L;

    public KvNotFoundException(String message) {
        super(message, 1);
    }
}
