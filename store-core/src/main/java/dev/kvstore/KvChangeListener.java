package dev.kvstore;

/**
 * Handles changes of entries; see {@link KvChanges}.
 *
 * <pre>{@code
 * class Cache implements KvChangeListener {
 *
 *     private final Map<String, String> names = new ConcurrentHashMap<>();
 *
 *     @Override
 *     public void onChange(KvChange change) {
 *         if (change.kind() == KvChange.Kind.GAP) {
 *             names.clear();
 *         } else {
 *             names.remove(change.key());
 *         }
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface KvChangeListener {

    /**
     * Handles one change. The store calls it on a thread of the subscription, never two at a time, and passes the next
     * change once it has returned. It may call the store, and close its subscription. What an exception does is said at
     * the methods of {@link KvChanges}.
     */
    void onChange(KvChange change);
}
