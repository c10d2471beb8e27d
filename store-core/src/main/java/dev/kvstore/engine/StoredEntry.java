package dev.kvstore.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry as stored, live or expired.
 *
 * @param value null when there is no row
 * @param expiresAt in milliseconds since the epoch; {@link #NEVER} when it does not expire
 */
public record StoredEntry(@Nullable String value, long expiresAt) {

    /** Later than any time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** No row. */
    public static final StoredEntry ABSENT = new StoredEntry(null, NEVER);

    /** The value, if the entry is live at a time in milliseconds since the epoch. */
    public Optional<String> at(long now) {
        return expiresAt > now ? Optional.ofNullable(value) : Optional.empty();
    }

    /** Without the value, which must not get into a log. */
    @Override
    public String toString() {
        return "StoredEntry[" + (value == null ? "absent" : "present") + "]";
    }
}
