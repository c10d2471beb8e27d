package dev.kvstore;

import java.util.Locale;

/**
 * An operation on the database of a store, as a {@link KvObserver} sees it.
 *
 * <pre>{@code
 * KvOperation operation = KvOperation.GET_ALL;
 * System.out.println(operation.text()); // get-all
 * }</pre>
 *
 * @since 0.1
 */
public enum KvOperation {
    /** A value was read: {@code get}, {@code require}. */
    GET(false),
    /** An entry was read, with its version and expiry. */
    ENTRY(false),
    /** It was tested whether an entry is live. */
    CONTAINS(false),
    /** A group, or several of its entries, were read. */
    GET_ALL(false),
    /** Entries were counted. */
    COUNT(false),
    /** A page of entries or keys was read; a stream reads several. */
    PAGE(false),
    /** A name of a group was read. */
    GROUPS(false),
    /** An entry was set, whatever the condition. */
    SET(true),
    /** An entry was replaced and its former value read. */
    GET_AND_SET(true),
    /** An absent entry was set, or the value of a live one read. */
    GET_OR_SET(true),
    /** The expiry of an entry was changed. */
    EXPIRE(true),
    /** The expiry of an entry was changed and its value read. */
    GET_AND_EXPIRE(true),
    /** A number was incremented. */
    INCREMENT(true),
    /** An entry was deleted, whatever the condition. */
    DELETE(true),
    /** An entry was deleted and its value read. */
    GET_AND_DELETE(true),
    /** A group or a range was deleted. */
    DELETE_RANGE(true),
    /** Several changes were made or none: a batch, {@code setAll}, {@code deleteAll}. */
    BATCH(true),
    /** Rows of expired entries were removed, in one of the steps of a purge. */
    PURGE(true),
    /** The log of changes was read or maintained, for subscriptions. */
    CHANGES(false);

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    private final boolean writes;

    KvOperation(boolean writes) {
        this.writes = writes;
    }

    /** Returns whether the operation changes entries. */
    public boolean isWrite() {
        return writes;
    }

    /** Returns the name in lower case, with hyphens. */
    public String text() {
        return text;
    }
}
