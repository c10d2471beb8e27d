package dev.kvstore;

import java.util.Set;
import java.util.stream.Stream;

/**
 * Subscriptions to the changes of the store, in whatever process of the store they were made.
 *
 * <pre>{@code
 * record SearchIndex(KvChanges changes, KvGroup<String> articles) {
 *
 *     KvSubscription start() {
 *         return changes.subscribe("search-index", Set.of(articles.name()), change -> {
 *             if (change.kind() == KvChange.Kind.GAP) {
 *                 System.out.println("reading all " + articles.count());
 *             } else {
 *                 System.out.println(change.key() + ": " + articles.get(change.key()).isPresent());
 *             }
 *         });
 *     }
 * }
 * }</pre>
 *
 * <p>The store calls a listener for each change after its commit, in the order of the commits, one at a time, on a
 * thread of the store that serves this subscription only. A change says what changed, not to what: read the entry,
 * which may have changed again since. Several writes of one batch to a key may arrive as one change.
 *
 * <p>While nobody subscribes, writes cost nothing extra.
 *
 * <p>Thread-safe. Null arguments are an {@link IllegalArgumentException}.
 *
 * @since 0.1
 */
public interface KvChanges {

    /**
     * Calls a listener for the changes of all groups, from now on, until the subscription or the store is closed. An
     * exception of the listener is logged, and the listener gets the next change.
     */
    KvSubscription subscribe(KvChangeListener listener);

    /**
     * Calls a listener for the changes of some groups, and remembers under a name how far it got. A later
     * subscription with the same name, also after a restart, continues there; the first one begins now. The listener
     * gets every change at least once: one that it was handling when the process ended comes again. After an exception
     * of the listener it gets the same change again, after a pause. While one process serves a name, others wait.
     *
     * @param name any valid Unicode text
     * @param groups the names of the groups, not empty
     * @throws IllegalArgumentException if a name is invalid or reserved, or there are no groups
     */
    KvSubscription subscribe(String name, Set<String> groups, KvChangeListener listener);

    /**
     * Forgets how far a durable subscription got, so that changes need not be kept for it.
     *
     * @return whether the name was known
     */
    boolean forget(String name);

    /** Returns the names of the durable subscriptions, ordered by their UTF-8 bytes. The stream needs no closing. */
    Stream<String> names();
}
