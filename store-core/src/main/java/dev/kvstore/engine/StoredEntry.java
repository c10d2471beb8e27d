package dev.kvstore.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry as stored, live or expired.
 *
 * @param value null if the entry has no row
 * @param expiresAt in milliseconds since the epoch; {@link #NEVER} if the entry does not expire
 */
public record StoredEntry(@Nullable String value, long expiresAt) {

    /** Later than any time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** An entry without a row. */
    public static final StoredEntry ABSENT = new StoredEntry(null, NEVER);

    /** Returns the value if the entry is live at a time in milliseconds since the epoch. */
    public Optional<String> at(long now) {
        return expiresAt > now ? Optional.ofNullable(value) : Optional.empty();
    }

    /** Omits the value, which must not appear in a log. */
    @Override
    public String toString() {
        return "StoredEntry[" + (value == null ? "absent" : "present") + "]";
    }
}
