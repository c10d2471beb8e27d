package dev.kvstore.jdbc;

import dev.kvstore.Expiry;
import dev.kvstore.engine.ExpiryTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a lease ends, in whole milliseconds.
 *
 * @param end {@link Instant#MAX} if it is beyond the range of the clock
 */
record LeaseTerm(Expiry expiry, Instant end) {

    /** The term of a lease that is taken or renewed now. */
    static LeaseTerm of(Duration duration, Instant now) {
        Long millis = ExpiryTime.ofNew(Expiry.after(duration), now);
        if (millis == null) {
            return new LeaseTerm(Expiry.never(), Instant.MAX);
        }
        Instant end = Instant.ofEpochMilli(millis);
        return new LeaseTerm(Expiry.at(end), end);
    }

    /** Refuses a duration that is null, zero or negative. */
    static void check(@Nullable Duration duration) {
        if (duration == null) {
            throw new IllegalArgumentException("duration must not be null");
        }
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("duration must be positive");
        }
    }
}
