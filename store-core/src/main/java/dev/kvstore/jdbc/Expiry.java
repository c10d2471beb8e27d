package dev.kvstore.jdbc;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** When an entry expires, as the database keeps it: in milliseconds since the epoch, null for never. */
final class Expiry {

    private Expiry() {}

    /** The end of a ttl that starts now, rounded up so that an entry never lives too short; null when beyond counting. */
    static @Nullable Long after(@Nullable Duration ttl, InstantSource clock) {
        if (ttl == null) {
            throw new IllegalArgumentException("ttl must not be null; use set without a ttl for no expiry");
        }
        if (ttl.isZero() || ttl.isNegative()) {
            throw new IllegalArgumentException("ttl must be positive: " + ttl);
        }
        Instant now = clock.instant();
        try {
            Instant end = now.plus(ttl);
            long millis = end.toEpochMilli();
            return end.isAfter(Instant.ofEpochMilli(millis)) ? Math.addExact(millis, 1) : millis;
        } catch (DateTimeException | ArithmeticException beyondCounting) {
            return null;
        }
    }
}
