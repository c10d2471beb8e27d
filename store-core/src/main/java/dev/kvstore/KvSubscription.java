package dev.kvstore;

/**
 * What {@link KvChanges} returns to those who subscribe; closing it ends the subscription.
 *
 * <pre>{@code
 * record Audit(KvChanges changes) {
 *
 *     void whileRunning(Runnable work) {
 *         try (KvSubscription printing = changes.subscribe(change -> System.out.println(change.kind()))) {
 *             work.run();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface KvSubscription extends AutoCloseable {

    /**
     * Ends the subscription: waits for a call of the listener that is under way, after which there are no more. Called
     * by the listener itself, it does not wait. A durable subscription delivers the remaining changes when its
     * name subscribes again. Closing again does nothing.
     */
    @Override
    void close();
}
