package dev.kvstore.engine;

import dev.kvstore.Expiry;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When an entry expires, as the database stores it. */
public final class ExpiryTime {

    private ExpiryTime() {}

    /**
     * Returns when a new entry expires, in milliseconds since the epoch, rounded up so that no entry lives shorter than
     * asked for; null for never, also if the end is beyond the range of the clock.
     */
    public static @Nullable Long ofNew(Expiry expiry, Instant now) {
        if (expiry instanceof Expiry.After after) {
            try {
                return roundedUp(now.plus(after.ttl()));
            } catch (DateTimeException | ArithmeticException beyondTheRange) {
                return null;
            }
        }
        return expiry instanceof Expiry.At at ? roundedUp(at.instant()) : null;
    }

    private static @Nullable Long roundedUp(Instant end) {
        try {
            long millis = end.toEpochMilli();
            return end.isAfter(Instant.ofEpochMilli(millis)) ? Math.addExact(millis, 1) : millis;
        } catch (ArithmeticException beyondTheRange) {
            return null;
        }
    }
}
