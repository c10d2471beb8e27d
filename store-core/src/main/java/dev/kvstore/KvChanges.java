package dev.kvstore;

import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells listeners what has changed in the store, in whatever process of the store the change was made.
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
 * <p>A listener is told of each change after its commit, in the order of the commits, one at a time, on a thread of the
 * store that serves this subscription only. A change says what changed, not to what: read the entry, which may have
 * changed again since. Several writes of one batch to a key may be told as one change.
 *
 * <p>While nobody subscribes, writes cost nothing extra.
 *
 * <p>Thread-safe. Null arguments are an {@link IllegalArgumentException}.
 *
 * @since 0.1
 */
public interface KvChanges {

    /**
     * Tells a listener of changes of all groups, from now on, until the subscription or the store is closed. An
     * exception of the listener is logged, and the next change is told.
     */
    KvSubscription subscribe(KvChangeListener listener);

    /**
     * Tells a listener of changes of some groups, and remembers under a name how far it got. Who subscribes with the
     * same name again, also after a restart, goes on there; the first time begins now. Every change is told at least
     * once: one that the listener was being told of when the process ended comes again. An exception of the listener
     * means that it is told of the change again, after a pause. While one process works for a name, others wait.
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
