package dev.kvstore;

import org.springframework.dao.EmptyResultDataAccessException;

/** There is no live entry of this group and key. The message names both. */
public final class KvNotFoundException extends EmptyResultDataAccessException {

    private static final long serialVersionUID = 1L;

    public KvNotFoundException(String group, String key) {
        super("No live entry " + Names.printable(group) + "/" + Names.printable(key), 1);
    }
}
