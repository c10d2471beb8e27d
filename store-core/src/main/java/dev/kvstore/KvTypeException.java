package dev.kvstore;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * What is stored is no value of the group's type: text where bytes were expected or bytes where text was, or text or
 * bytes that the codec cannot decode. The entry is unchanged; another group view with the right type can read it. The
 * message names the group and the key, and contains no value.
 *
 * <pre>{@code
 * record Counters(KvGroup<Long> counters) {
 *
 *     long visits(String page) {
 *         try {
 *             return counters.get(page).orElse(0L);
 *         } catch (KvTypeException noNumber) {
 *             System.err.println(noNumber.getMessage());
 *             return 0;
 *         }
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class KvTypeException extends InvalidDataAccessApiUsageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message names the group and the key, and contains no value. */
    public KvTypeException(String message) {
        super(message);
    }

    /** Creates an exception. Neither the message, which names the group and the key, nor the cause contains a value. */
    public KvTypeException(String message, Throwable cause) {
        super(message, cause);
    }
}
