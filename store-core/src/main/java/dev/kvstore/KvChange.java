package dev.kvstore;

import org.springframework.util.Assert;

/**
 * One change of an entry, as {@link KvChanges} delivers it. It does not contain the value.
 *
 * <pre>{@code
 * record Watched(KvGroup<String> settings) implements KvChangeListener {
 *
 *     @Override
 *     public void onChange(KvChange change) {
 *         switch (change.kind()) {
 *             case SET -> System.out.println(change.key() + " is " + settings.get(change.key()).orElse("gone"));
 *             case DELETED, EXPIRED -> System.out.println(change.key() + " is gone");
 *             case GAP -> settings.getAll().forEach((key, value) -> System.out.println(key + " is " + value));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param kind what happened
 * @param group the name of the group; empty for {@link Kind#GAP}
 * @param key the key in the group; empty for {@link Kind#GAP}
 * @param version of the entry after the change, a new one also if it was deleted or has expired; 0 for {@link Kind#GAP}
 * @since 0.1
 */
public record KvChange(Kind kind, String group, String key, long version) {

    /** What happened to an entry. */
    public enum Kind {
        /** A value, or only its expiry, was set. */
        SET,
        /** The live entry was deleted. */
        DELETED,
        /** The entry had expired, and its row was removed, by the purge or by whoever deleted it. */
        EXPIRED,
        /**
         * Changes were missed, because they were kept too shortly or the store was restored from a backup: read again
         * everything that matters.
         */
        GAP
    }

    /**
     * Creates a change.
     *
     * @throws IllegalArgumentException if a component is null, or the others do not suit the kind
     */
    public KvChange {
        Assert.notNull(kind, "kind must not be null");
        Assert.notNull(group, "group must not be null");
        Assert.notNull(key, "key must not be null");
        if (kind == Kind.GAP) {
            Assert.isTrue(group.isEmpty() && key.isEmpty() && version == 0, "a gap has no group, key or version");
        } else {
            Assert.isTrue(version > 0, "version must be positive");
        }
    }

    /** Says the names with control characters as escapes. */
    @Override
    public String toString() {
        return "KvChange[" + kind
                + (kind == Kind.GAP
                        ? "]"
                        : " " + KeyText.printable(group) + "/" + KeyText.printable(key) + ", version=" + version + "]");
    }
}
