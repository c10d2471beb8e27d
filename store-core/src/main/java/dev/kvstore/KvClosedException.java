package dev.kvstore;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * The store was closed before the call. The operation had no effect, and fails again if it is retried.
 *
 * <pre>{@code
 * try {
 *     kv.set("heartbeats", "worker-1", Instant.now().toString());
 * } catch (KvClosedException closed) {
 *     Thread.currentThread().interrupt(); // the application is shutting down: end this background thread
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class KvClosedException extends InvalidDataAccessApiUsageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message says which store was closed. */
    public KvClosedException(String message) {
        super(message);
    }
}
