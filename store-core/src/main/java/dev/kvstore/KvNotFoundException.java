package dev.kvstore;

import org.springframework.dao.EmptyResultDataAccessException;

/**
 * No live entry has this group and key: it was never set, was deleted, or has expired. The message names both. Only
 * {@link KvStore#require} throws it; {@link KvStore#get} returns an empty {@code Optional} instead.
 *
 * <pre>{@code
 * try {
 *     System.out.println(kv.require("settings", "locale"));
 * } catch (KvNotFoundException missing) {
 *     kv.set("settings", "locale", "en");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class KvNotFoundException extends EmptyResultDataAccessException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message names the group and the key. */
    public KvNotFoundException(String message) {
        super(message, 1);
    }
}
