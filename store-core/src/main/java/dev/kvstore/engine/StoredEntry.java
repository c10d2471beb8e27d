package dev.kvstore.engine;

import org.jspecify.annotations.Nullable;

/**
 * An entry as stored, live or expired.
 *
 * @param value null if the entry has no row
 * @param expiresAt in milliseconds since the epoch; {@link #NEVER} if the entry does not expire
 * @param version of the last write; 0 if the entry has no row
 */
public record StoredEntry(@Nullable Value value, long expiresAt, long version) {

    /** Later than any time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** An entry without a row. */
    public static final StoredEntry ABSENT = new StoredEntry(null, NEVER, 0);

    /** Returns this entry if it is live at a time in milliseconds since the epoch, else {@link #ABSENT}. */
    public StoredEntry at(long now) {
        return expiresAt > now ? this : ABSENT;
    }

    /** Returns what is known of this entry without its value. */
    EntryState state() {
        return new EntryState(version, expiresAt);
    }

    /** Omits the value, which must not appear in a log. */
    @Override
    public String toString() {
        return "StoredEntry[" + (value == null ? "absent" : "present") + "]";
    }
}
