package dev.kvstore;

import java.time.Instant;
import java.util.Optional;
import org.springframework.util.Assert;

/**
 * A live entry as of one moment.
 *
 * <pre>{@code
 * record Profiles(KvGroup<String> profiles) {
 *
 *     boolean rename(String user, String name) {
 *         KvEntry<String> read = profiles.entry(user).orElseThrow();
 *         return profiles.compareAndSet(user, read.version(), name, Expiry.keep()).isPresent();
 *     }
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe if the value is. An array of bytes is not copied: it belongs to the caller.
 *
 * @param <V> the type of the value
 * @param key the key in the group
 * @param value never null
 * @param version of the last write, positive: the token to compare and to fence with. No two writes of a store have the
 *     same, and those of one key only grow, also when it was deleted in between. Entries from before versions existed
 *     have 1 until they are written again.
 * @param expiresAt when the entry expires by the store's clock, in whole milliseconds; empty if it does not expire
 * @since 0.1
 */
public record KvEntry<V>(String key, V value, long version, Optional<Instant> expiresAt) {

    /**
     * Creates an entry.
     *
     * @throws IllegalArgumentException if a component is null or the version is not positive
     */
    public KvEntry {
        Assert.notNull(key, "key must not be null");
        Assert.notNull(value, "value must not be null");
        Assert.isTrue(version > 0, "version must be positive");
        Assert.notNull(expiresAt, "expiresAt must not be null");
    }

    /** Omits the value, which must not appear in a log. */
    @Override
    public String toString() {
        return "KvEntry[key=" + KeyText.printable(key) + ", version=" + version
                + expiresAt.map(end -> ", expiresAt=" + end).orElse("") + "]";
    }
}
