package dev.kvstore;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * A group, key, value, template or rendered output is longer than the store allows. The operation had no effect. The
 * message names the limit; it contains no value and no text of a template.
 *
 * <pre>{@code
 * try {
 *     kv.set("uploads", "notes.txt", Files.readString(Path.of("notes.txt")));
 * } catch (KvLimitException tooLong) {
 *     System.err.println(tooLong.getMessage());
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class KvLimitException extends InvalidDataAccessApiUsageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message names the limit and contains no value. */
    public KvLimitException(String message) {
        super(message);
    }
}
