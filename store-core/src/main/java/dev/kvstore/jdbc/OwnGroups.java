package dev.kvstore.jdbc;

import dev.kvstore.engine.Utf8;
import org.jspecify.annotations.Nullable;

/** The groups of the store itself: their names begin with U+0000, and no public method reads, changes or lists them. */
final class OwnGroups {

    /** What the store remembers about itself. */
    static final String STORE = "\u0000store";

    /** The leases, by their names. */
    static final String LEASES = "\u0000lease";

    /** The first name after all groups of the store itself. */
    static final String END = "\u0001";

    private static final char FIRST_CHARACTER = '\u0000';

    private OwnGroups() {}

    /**
     * Refuses a group that is null, not valid Unicode, or one of the store itself.
     *
     * @throws IllegalArgumentException when the group is refused
     */
    static void check(@Nullable String group) {
        Utf8.check("group", group);
        refuse(group);
    }

    /**
     * Refuses a group of the store itself; lets null pass, which other checks refuse.
     *
     * @throws IllegalArgumentException when the group is refused
     */
    static void refuse(@Nullable String group) {
        if (contain(group)) {
            throw new IllegalArgumentException("group must not begin with U+0000: those groups are the store's own");
        }
    }

    /** The name of a subscription that is not durable. */
    static String passingSubscription(long owner, long number) {
        return FIRST_CHARACTER + Long.toHexString(owner) + "-" + number;
    }

    /** Whether a group, or the name of a subscription, is the store's own. */
    static boolean contain(@Nullable String group) {
        return group != null && !group.isEmpty() && group.charAt(0) == FIRST_CHARACTER;
    }
}
