package dev.kvstore.postgresql;

import dev.kvstore.Expiry;
import dev.kvstore.engine.ExpiryTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time of a call: that of the server when it executes a statement or, in tests, a given one. Statements contain
 * both, as {@link #NOW}, so that tests with a given time run the statements of production.
 *
 * @param given null for the time of the server
 */
record Moment(@Nullable Instant given) {

    /** The server's time in microseconds: within a transaction, of the statement. */
    static final String MICROS = "(extract(epoch FROM statement_timestamp()) * 1000000)::bigint";

    /** The time of the call in milliseconds. The parameter is {@link #millis()}. */
    static final String NOW = "coalesce(?::bigint, " + MICROS + " / 1000)";

    /** When an entry expires, in milliseconds, or NULL for never. The parameters are {@link #end}. */
    static final String END = "coalesce(?::bigint, (" + MICROS + " + ?::bigint + 999) / 1000)";

    /** Whether the entry {@code e} is live. The parameter is {@link #millis()}. */
    static final String LIVE = "(e.expires_at IS NULL OR e.expires_at > " + NOW + ")";

    /** The longest time to live, in microseconds, that the server can add to its time: 146,000 years. */
    private static final long MOST_MICROS = 1L << 62;

    private static final long MICROS_OF_A_SECOND = 1_000_000;
    private static final int NANOS_OF_A_MICRO = 1_000;

    /**
     * When an entry expires; both null for never.
     *
     * @param at in milliseconds since the epoch
     * @param ttl in microseconds from the time of the server
     */
    record End(@Nullable Long at, @Nullable Long ttl) {

        static final End NEVER = new End(null, null);
    }

    @Nullable
    Long millis() {
        return given == null ? null : given.toEpochMilli();
    }

    /** When a new entry expires. */
    End end(Expiry expiry) {
        if (expiry instanceof Expiry.After after && given == null) {
            return end(after.ttl());
        }
        Long at = ExpiryTime.ofNew(expiry, given == null ? Instant.EPOCH : given);
        return at == null ? End.NEVER : new End(at, null);
    }

    // Rounded up, as the server does once more, so that no entry lives shorter than asked for.
    private static End end(Duration ttl) {
        if (ttl.getSeconds() >= MOST_MICROS / MICROS_OF_A_SECOND) {
            return End.NEVER;
        }
        long micros = ttl.getSeconds() * MICROS_OF_A_SECOND + (ttl.getNano() + NANOS_OF_A_MICRO - 1) / NANOS_OF_A_MICRO;
        return new End(null, micros);
    }
}
